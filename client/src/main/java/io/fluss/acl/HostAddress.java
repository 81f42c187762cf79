package io.fluss.acl;

import io.fluss.FlussException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Addresses as Kafka's authorizers compare them: letter by letter with what Java writes for the
 * client's address, which for IPv6 has all eight groups, in lower case and without leading zeros.
 */
final class HostAddress {

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

  private HostAddress() {}

  /**
   * The address in that form; an IPv4 address written as IPv6 is what it is.
   *
   * @throws FlussException where the text is no address, or one that no client ever comes from
   */
  static String canonical(String text) {
    if (IPV4.matcher(text).matches()) {
      return text;
    }
    if (!IPV6.matcher(text).matches()) {
      throw malformed(text);
    }
    InetAddress address;
    try {
      // With a colon in it, Java takes it for an address and never asks a name server.
      address = InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw malformed(text);
    }
    if (address instanceof Inet6Address && address.isLinkLocalAddress()) {
      throw new FlussException(
          "Host '"
              + text
              + "' is a link-local address, which Kafka compares with the network interface it came"
              + " by, and that is called differently on each broker. Use a routed address, or '*'.");
    }
    return address.getHostAddress();
  }

  private static FlussException malformed(String text) {
    return new FlussException(
        "Malformed host '"
            + text
            + "'. Kafka compares addresses, not names: a host is an IP address such as"
            + " '10.0.0.7' or '2001:db8::1', or '*'.");
  }
}
