package io.fluss.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

  private static final AclResource SHOP = AclResource.database("shop");

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, 10.0.0.7",
    "::1, 0:0:0:0:0:0:0:1",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "2001:0DB8:0:0::0A, 2001:db8:0:0:0:0:0:a",
    "::ffff:10.0.0.7, 10.0.0.7",
    "*, *"
  })
  void aHostIsWrittenAsKafkaComparesIt(String given, String compared) throws Exception {
    // When, Then
    assertThat(grant(given).host()).isEqualTo(compared);
    assertThat(grant(given)).isEqualTo(grant(compared));
    assertThat(new GrantFilter(null, null, null, null, given).matches(grant(compared))).isTrue();
    if (!given.equals("*")) {
      assertThat(InetAddress.getByName(given).getHostAddress()).isEqualTo(compared);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"laptop", "10.0.0", "10.0.0.300", "010.0.0.7", "1::2::3", ":", "g::1", ""})
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> grant(text))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("Malformed host '" + text + "'")
        .hasMessageContaining("'2001:db8::1'");
  }

  @Test
  void aLinkLocalAddressIsRefused() {
    assertThatThrownBy(() -> grant("fe80::1"))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("Host 'fe80::1' is a link-local address");
  }

  private static Grant grant(String host) {
    return new Grant(SHOP, Permission.ALLOW, Principal.user("tim"), Operation.READ, host);
  }
}
