package io.fluss.kafka;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what a listener speaks, where Kafka's client has waited in vain: a broker that is
 * spoken to in the wrong security protocol hangs up without a word, and the client tries again.
 *
 * <p>It asks in plain text for a SASL mechanism that does not exist. A listener with SASL answers
 * with those that do, one without that it has no SASL, and one with TLS hangs up.
 */
final class ListenerProbe {

  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final int ANSWER_TIMEOUT_MILLIS = 2_000;

  private static final short SASL_HANDSHAKE = 17;
  private static final short VERSION = 1;
  private static final int CORRELATION = 42;
  private static final short UNSUPPORTED_MECHANISM = 33;
  private static final short NO_SASL_HERE = 34;
  private static final int LONGEST_ANSWER = 4_096;
  private static final int MOST_MECHANISMS = 64;

  private ListenerProbe() {}

  /** What a listener speaks. */
  private sealed interface Speech {
    record Plaintext() implements Speech {}

    record Sasl(List<String> mechanisms) implements Speech {}

    record NotPlaintext() implements Speech {}
  }

  /**
   * See {@link ClientConfig#diagnose}.
   *
   * @param login what the client would speak
   */
  static Optional<String> diagnose(String bootstrapServers, Login login) {
    String failure = null;
    for (String address : bootstrapServers.split(",")) {
      try (Socket socket = new Socket()) {
        socket.connect(resolved(address.strip()), CONNECT_TIMEOUT_MILLIS);
        return explain(address.strip(), speechOf(socket), login);
      } catch (IOException | IllegalArgumentException e) {
        failure = "No connection to '" + address.strip() + "' was possible: " + e.getMessage();
      }
    }
    return Optional.ofNullable(failure).map(text -> text.endsWith(".") ? text : text + ".");
  }

  private static InetSocketAddress resolved(String address) {
    int colon = address.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("it is not HOST:PORT");
    }
    return new InetSocketAddress(
        address.substring(0, colon).replaceAll("^\\[|]$", ""),
        Integer.parseInt(address.substring(colon + 1)));
  }

  private static Speech speechOf(Socket socket) {
    try {
      socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
      socket.getOutputStream().write(request());
      socket.getOutputStream().flush();
      return answer(new DataInputStream(socket.getInputStream()));
    } catch (IOException e) {
      return new Speech.NotPlaintext();
    }
  }

  private static byte[] request() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeShort(SASL_HANDSHAKE);
    out.writeShort(VERSION);
    out.writeInt(CORRELATION);
    writeString(out, "fluss-probe");
    writeString(out, "NONE");
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    new DataOutputStream(framed).writeInt(body.size());
    body.writeTo(framed);
    return framed.toByteArray();
  }

  private static void writeString(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private static Speech answer(DataInputStream in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > LONGEST_ANSWER || in.readInt() != CORRELATION) {
      return new Speech.NotPlaintext();
    }
    short error = in.readShort();
    if (error == NO_SASL_HERE) {
      return new Speech.Plaintext();
    }
    List<String> mechanisms = new ArrayList<>();
    int count = error == UNSUPPORTED_MECHANISM ? in.readInt() : 0;
    for (int i = 0; i < count && i < MOST_MECHANISMS; i++) {
      byte[] name = new byte[Math.max(0, in.readShort())];
      in.readFully(name);
      mechanisms.add(new String(name, StandardCharsets.UTF_8));
    }
    return new Speech.Sasl(mechanisms.stream().sorted().toList());
  }

  private static Optional<String> explain(String address, Speech speech, Login login) {
    if (speech instanceof Speech.NotPlaintext) {
      return login.isTls()
          ? Optional.empty()
          : Optional.of(
              "The listener at '"
                  + address
                  + "' does not answer in plain text, and the security protocol is "
                  + login.protocol()
                  + ": it probably speaks TLS. Set 'client.security.protocol' to 'SSL' or"
                  + " 'SASL_SSL'.");
    }
    if (login.isTls()) {
      return Optional.of(
          "The listener at '"
              + address
              + "' speaks no TLS, and the security protocol is "
              + login.protocol()
              + ". Set 'client.security.protocol' to '"
              + (speech instanceof Speech.Sasl ? "SASL" : "PLAINTEXT")
              + "', or use the port that speaks TLS.");
    }
    if (speech instanceof Speech.Sasl sasl && !login.isSasl()) {
      return Optional.of(
          "The listener at '"
              + address
              + "' asks for a login by SASL (mechanisms "
              + String.join(", ", sasl.mechanisms())
              + "), and the security protocol is "
              + login.protocol()
              + ", which has none. Set 'client.security.protocol' to 'SASL' and"
              + " 'client.security.sasl.mechanism', '...username' and '...password'.");
    }
    return Optional.empty();
  }
}
