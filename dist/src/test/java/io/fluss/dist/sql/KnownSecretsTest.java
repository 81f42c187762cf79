package io.fluss.dist.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownSecretsTest {

  private final KnownSecrets secrets = new KnownSecrets();

  @Test
  void hidesWhatStatementsHeldHoweverItIsQuoted() {
    // Given
    secrets.learnStatement(
        """
        CREATE CATALOG c WITH ('client.security.sasl.username' = 'alice',
          'client.security.sasl.password' = 'it''s-hunter2',
          'properties.ssl.keystore.key' = '-----BEGIN PRIVATE KEY-----
        abc')""");

    // When // Then
    assertThat(secrets.hidden("{password=it's-hunter2, user=alice} 'it''s-hunter2'"))
        .isEqualTo("{password=******, user=alice} '******'");
    assertThat(secrets.hidden("key [-----BEGIN PRIVATE KEY-----\nabc] is bad"))
        .isEqualTo("key [******] is bad");
  }

  @Test
  void hidesThePasswordThatAJaasLoginHolds() {
    // Given
    secrets.learn(
        Map.of(
            "properties.sasl.jaas.config",
            "Login required username=\"alice\" password=\"a\\\"hunter2\" clientSecret=hunter3;"));

    // When // Then
    assertThat(secrets.hidden("alice: a\"hunter2, a\\\"hunter2 and hunter3"))
        .isEqualTo("alice: ******, ****** and ******");
  }

  @Test
  void hidesWhatFlagsHeld() {
    // Given
    secrets.learnArguments(
        List.of(
            "--fluss.client.security.sasl.password",
            "hunter2",
            "--datalake.iceberg.credential=hunter3",
            "--conf",
            "s3.secret-key=hunter4",
            "--datalake.format",
            "paimon"));

    // When // Then
    assertThat(secrets.hidden("hunter2 hunter3 hunter4 paimon"))
        .isEqualTo("****** ****** ****** paimon");
  }

  @Test
  void leavesWhatIsNoSecretOrSaysTooLittle() {
    // Given
    secrets.learn(
        Map.of(
            "a.password", "abc",
            "token.refresh", "true",
            "b.password", "${env:PASSWORD}",
            "c.password", "alice",
            "username", "alice"));

    // When // Then
    String text = "abc true ${env:PASSWORD} alice";
    assertThat(secrets.hidden(text)).isEqualTo(text);
  }
}
