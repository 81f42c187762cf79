package io.fluss.tiering.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TieringLoginFlagsTest {

  private static final List<String> NEEDED =
      List.of(
          "--fluss.bootstrap.servers=h:1",
          "--datalake.format=paimon",
          "--datalake.paimon.warehouse=/w");

  @Test
  void loginAndRackBecomePropertiesOfKafka() {
    // When
    TieringConfig config =
        TieringFlags.read(
            with(
                "--fluss.client.security.protocol=SASL",
                "--fluss.client.security.sasl.mechanism=SCRAM-SHA-512",
                "--fluss.client.security.sasl.username=tiering",
                "--fluss.client.security.sasl.password=hunter2",
                "--fluss.client.rack=env:ZONE"));

    // Then
    assertThat(config.client().properties())
        .containsEntry("security.protocol", "SASL_PLAINTEXT")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry("client.rack", "env:ZONE")
        .hasEntrySatisfying(
            "sasl.jaas.config", jaas -> assertThat(jaas).contains("\"tiering\"", "\"hunter2\""));
    assertThat(config.toString()).doesNotContain("hunter2");
  }

  @Test
  void whatIsWrongWithTheLoginIsSaidWithAllElseAndWithoutSecrets() {
    assertThatThrownBy(
            () ->
                TieringFlags.read(
                    with(
                        "--nonsense=1",
                        "--fluss.client.security.protocol=TLS",
                        "--fluss.client.security.sasl.pasword=hunter2")))
        .hasMessageContaining("'--nonsense' is unknown")
        .hasMessageContaining("'client.security.protocol' is 'TLS', expected one of")
        .hasMessageContaining("'client.security.sasl.pasword' is unknown")
        .hasMessageNotContaining("hunter2");
  }

  private static String[] with(String... flags) {
    List<String> all = new ArrayList<>(NEEDED);
    all.addAll(List.of(flags));
    return all.toArray(String[]::new);
  }
}
