package io.fluss.source.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;

class ScanSettingsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void readsEverythingForEverByDefault() {
    ScanSettings settings = parse(Map.of(), false);
    assertThat(settings.start()).isEqualTo(StartingOffsets.full());
    assertThat(settings.stop()).isEqualTo(StoppingOffsets.never());
    assertThat(settings.parallelism()).isNull();
  }

  @Test
  void endsAtTheLatestRowsInBatchMode() {
    assertThat(parse(Map.of(), true).stop()).isEqualTo(StoppingOffsets.latest());
  }

  @Test
  void understandsEpochMillisAndLocalTime() {
    Map<String, String> options =
        Map.of(
            "scan.startup.mode", "timestamp",
            "scan.startup.timestamp", "2025-06-01 10:00:00",
            "scan.bounded.mode", "timestamp",
            "scan.bounded.timestamp", "1748800000000");
    ScanSettings settings = parse(options, false);
    assertThat(settings.start())
        .isEqualTo(StartingOffsets.timestamp(Instant.parse("2025-06-01T08:00:00Z").toEpochMilli()));
    assertThat(settings.stop()).isEqualTo(StoppingOffsets.timestamp(1748800000000L));
  }

  @Test
  void scannerOptionsWinOverKafkaProperties() {
    Map<String, String> options =
        Map.of(
            "properties.max.poll.records", "7",
            "properties.fetch.min.bytes", "5",
            "client.scanner.log.max-poll-records", "9",
            "client.scanner.log.fetch.wait-max-time", "2 s");
    assertThat(parse(options, false).client().properties())
        .isEqualTo(
            Map.of("max.poll.records", "9", "fetch.min.bytes", "5", "fetch.max.wait.ms", "2000"));
  }

  @Test
  void reportsAllProblemsTogether() {
    Map<String, String> options =
        Map.of(
            "scan.startup.mode", "timestamp",
            "scan.startup.timestamp", "yesterday",
            "scan.bounded.mode", "timestamp",
            "scan.parallelism", "0",
            "scan.starup.mode", "latest",
            "properties.isolation.level", "read_uncommitted");
    assertThatThrownBy(() -> parse(options, false))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("'c.d.t'")
        .hasMessageContaining("'scan.startup.timestamp' = 'yesterday' is not a time")
        .hasMessageContaining("'scan.bounded.mode' = 'timestamp' needs 'scan.bounded.timestamp'")
        .hasMessageContaining("'scan.parallelism' = '0' must be at least 1")
        .hasMessageContaining("'scan.starup.mode' is not an option of reads")
        .hasMessageContaining("aborted transactions");
  }

  @Test
  void reportsValuesThatDoNotParse() {
    Map<String, String> options =
        Map.of("scan.startup.mode", "begin", "client.scanner.log.check-crc", "maybe");
    assertThatThrownBy(() -> parse(options, false))
        .hasMessageContaining("'scan.startup.mode' = 'begin' is not valid")
        .hasMessageContaining("'client.scanner.log.check-crc' = 'maybe' is not valid");
  }

  @Test
  void refusesDatesThatDoNotExist() {
    // Given
    Map<String, String> options =
        Map.of("scan.startup.mode", "timestamp", "scan.startup.timestamp", "2025-02-30 00:00:00");

    // When // Then
    assertThatThrownBy(() -> parse(options, false))
        .hasMessageContaining("'scan.startup.timestamp' = '2025-02-30 00:00:00' is not a time");
  }

  @Test
  void refusesTimesThatHaveNoEffect() {
    // Given
    Map<String, String> given =
        Map.of(
            "scan.startup.timestamp", "2025-06-01 10:00:00",
            "scan.bounded.timestamp", "2025-06-02 10:00:00",
            "scan.bounded.mode", "latest");

    // When // Then
    assertThat(ScanSettings.problems(Map.of(), given))
        .containsExactly(
            "'scan.startup.timestamp' = '2025-06-01 10:00:00' has no effect without"
                + " 'scan.startup.mode' = 'timestamp'. Set both or neither.",
            "'scan.bounded.timestamp' = '2025-06-02 10:00:00' has no effect without"
                + " 'scan.bounded.mode' = 'timestamp'. Set both or neither.");
  }

  @Test
  void aHintMayMakeAStoredTimeUseless() {
    // Given
    Map<String, String> stored =
        Map.of("scan.startup.mode", "timestamp", "scan.startup.timestamp", "2025-06-01 10:00:00");

    // When // Then
    assertThat(ScanSettings.problems(stored, Map.of("scan.startup.mode", "latest"))).isEmpty();
    assertThat(ScanSettings.problems(stored, Map.of("scan.startup.timestamp", "17"))).isEmpty();
  }

  @Test
  void refusesToBeginInTheFuture() {
    Map<String, String> options =
        Map.of(
            "scan.startup.mode",
            "timestamp",
            "scan.startup.timestamp",
            String.valueOf(NOW.toEpochMilli() + 1));
    assertThatThrownBy(() -> parse(options, false)).hasMessageContaining("is in the future");
  }

  @Test
  void refusesToEndInTheFuture() {
    // Given
    Map<String, String> options =
        Map.of(
            "scan.bounded.mode",
            "timestamp",
            "scan.bounded.timestamp",
            String.valueOf(NOW.toEpochMilli() + 1));

    // When, Then
    assertThatThrownBy(() -> parse(options, true))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("'scan.bounded.timestamp' = '1767225600001' is in the future")
        .hasMessageContaining("Use 'scan.bounded.mode' = 'latest'");
  }

  private static ScanSettings parse(Map<String, String> options, boolean batch) {
    Map<String, String> all = new HashMap<>(options);
    all.put("bootstrap.servers", "localhost:9092");
    return ScanSettings.from("c.d.t", all, ZoneId.of("Europe/Berlin"), batch, NOW);
  }
}
