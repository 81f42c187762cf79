package io.fluss.tiering.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

class TieringFlagsTest {

  @Test
  void flagsAreHandedToWhomTheyAreFor() {
    // When
    TieringConfig config =
        TieringFlags.read(
            "--fluss.bootstrap.servers",
            "kafka:9092",
            "--fluss.properties.security.protocol=SASL_PLAINTEXT",
            "--datalake.format",
            "paimon",
            "--datalake.paimon.warehouse",
            "s3://lake/a=b",
            "--lake.tiering.max-tables",
            "7");
    // Then
    assertThat(config.client().bootstrapServers()).isEqualTo("kafka:9092");
    assertThat(config.client().properties())
        .isEqualTo(Map.of("security.protocol", "SASL_PLAINTEXT"));
    assertThat(config.format()).isEqualTo("paimon");
    assertThat(config.lakes().byFormat())
        .isEqualTo(Map.of("paimon", Map.of("warehouse", "s3://lake/a=b")));
    assertThat(config.maxTables()).isEqualTo(7);
    assertThat(config.maxRoundDuration(Duration.ofMinutes(3))).isEqualTo(Duration.ofMinutes(3));
    assertThat(config.toString()).doesNotContain("s3://").contains("datalake.paimon.warehouse");
  }

  @Test
  void allThatIsWrongIsSaidAtOnceAndNoSecret() {
    assertThatThrownBy(
            () ->
                TieringFlags.read(
                    "oops",
                    "--datalake.format",
                    "paimon",
                    "--datalake.iceberg.s3.secret",
                    "hush",
                    "--lake.tiering.max-table",
                    "7",
                    "--lake.tiering.poll-interval",
                    "soon",
                    "--fluss.bootstrap",
                    "--verbose",
                    "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains("argument 1")
        .contains("'--fluss.bootstrap.servers' is missing")
        .contains("'--fluss.bootstrap' has no value")
        .contains("'--datalake.iceberg.s3.secret' is not of the format 'paimon'")
        .contains("'--datalake.paimon.warehouse'")
        .contains("'lake.tiering.max-table' is unknown. Did you mean 'lake.tiering.max-tables'?")
        .contains("'lake.tiering.poll-interval' has the value 'soon'")
        .contains("'--verbose' is unknown")
        .contains("Usage: flink run")
        .doesNotContain("hush");
  }

  @Test
  void durationsAndNumbersArePositive() {
    assertThatThrownBy(
            () ->
                TieringFlags.read(
                    "--fluss.bootstrap.servers=kafka:9092",
                    "--datalake.format=paimon",
                    "--datalake.paimon.warehouse=/lake",
                    "--lake.tiering.max-tables=0",
                    "--lake.tiering.lease-duration=0 s"))
        .hasMessageContaining("'--lake.tiering.max-tables' has to be greater than 0")
        .hasMessageContaining("'--lake.tiering.lease-duration' has to be greater than 0");
  }

  @Test
  void aTableWaitsLongerAfterEachFailure() {
    // Given
    TieringConfig config =
        TieringFlags.read(
            "--fluss.bootstrap.servers=kafka:9092",
            "--datalake.format=paimon",
            "--datalake.paimon.warehouse=/lake",
            "--lake.tiering.backoff=10 s",
            "--lake.tiering.max-backoff=30 s");
    // Then
    assertThat(config.backoff(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.backoff(2)).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.backoff(3)).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.backoff(1_000_000)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void secretsAreLeftOutOfWhatIsStored() {
    // Given
    String jaas =
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"tim\""
            + " password=\"hush\";";
    TieringConfig config =
        TieringFlags.read(
            "--fluss.bootstrap.servers=kafka:9092",
            "--fluss.properties.sasl.jaas.config=" + jaas,
            "--datalake.format=paimon",
            "--datalake.paimon.warehouse=/lake",
            "--datalake.paimon.s3.access-key=AKIA1234",
            "--datalake.paimon.token=abcd-efgh",
            "--datalake.paimon.header.Authorization=Bearer xyz",
            "--datalake.paimon.header.x-door=sesame");
    // When
    String shown =
        config.withoutSecrets(
            "'/lake' refuses AKIA1234, abcd-efgh, Bearer xyz, sesame, or " + jaas);
    // Then
    assertThat(shown).isEqualTo("'/lake' refuses ******, ******, ******, ******, or ******");
  }

  @Test
  void everyOptionBeginsWithThePrefix() {
    assertThat(TieringOptions.all())
        .extracting(ConfigOption::key)
        .doesNotHaveDuplicates()
        .allMatch(key -> key.startsWith(TieringOptions.PREFIX));
  }
}
