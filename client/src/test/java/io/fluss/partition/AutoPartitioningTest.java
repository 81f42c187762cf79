package io.fluss.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableDescriptor;
import io.fluss.options.AutoPartitionTimeUnit;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AutoPartitioningTest {

  private static final LogicalType STRING = new VarCharType(VarCharType.MAX_LENGTH);
  private static final Instant NOW = Instant.parse("2025-12-31T23:30:00Z");

  private static TableInfo table(
      List<String> keys, LogicalType timeType, Map<String, String> options) {
    TableDescriptor.Builder table =
        TableDescriptor.builder()
            .column("a", new IntType())
            .column("dt", timeType)
            .column("region", STRING)
            .partitionKeys(keys)
            .option("table.auto-partition.enabled", "true");
    options.forEach(table::option);
    return table.build().toTableInfo(TablePath.of("d", "t"), UUID.randomUUID(), "d.t");
  }

  private static AutoPartitioning auto(Map<String, String> options) {
    return AutoPartitioning.of(table(List.of("dt"), STRING, options)).orElseThrow();
  }

  private static Map<String, String> options(AutoPartitionTimeUnit unit, String zone) {
    return Map.of(
        "table.auto-partition.time-unit",
        unit.name(),
        "table.auto-partition.time-zone",
        zone,
        "table.auto-partition.num-precreate",
        "2",
        "table.auto-partition.num-retention",
        "1");
  }

  @ParameterizedTest
  @CsvSource({
    "HOUR,    UTC,           2025123123, 2026010100, 2025123122, 2025123121",
    "DAY,     UTC,           20251231,   20260101,   20251230,   20251229",
    "DAY,     Europe/Berlin, 20260101,   20260102,   20251231,   20251230",
    "MONTH,   UTC,           202512,     202601,     202511,     202510",
    "QUARTER, UTC,           20254,      20261,      20253,      20252",
    "YEAR,    Europe/Berlin, 2026,       2027,       2025,       2024"
  })
  void partitionsComeAheadAndGoWhenTheyAreOld(
      AutoPartitionTimeUnit unit,
      String zone,
      String current,
      String next,
      String oldest,
      String expired) {
    // When
    AutoPartitioning auto = auto(options(unit, zone));
    // Then
    assertThat(auto.wanted(NOW)).containsExactly(PartitionName.of(current), PartitionName.of(next));
    assertThat(auto.isExpired(PartitionName.of(oldest), NOW)).isFalse();
    assertThat(auto.isExpired(PartitionName.of(expired), NOW)).isTrue();
    assertThat(auto.problem(PartitionName.of(oldest), NOW)).isEmpty();
    assertThat(auto.problem(PartitionName.of(expired), NOW))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .contains("'" + expired + "' is older than '" + oldest + "'")
                    .contains("'table.auto-partition.num-retention' = 1"));
  }

  @ParameterizedTest
  @EnumSource(AutoPartitionTimeUnit.class)
  void whatIsNoTimeIsNeverDroppedAndNeverCreated(AutoPartitionTimeUnit unit) {
    // Given
    AutoPartitioning auto = auto(options(unit, "UTC"));
    for (String text : List.of("", "x", "0", "99999", "20251", "2025-12-31", "202513", "20250")) {
      // When // Then
      if (!(unit == AutoPartitionTimeUnit.QUARTER && text.equals("20251"))) {
        assertThat(auto.isExpired(PartitionName.of(text), NOW)).as(text).isFalse();
        assertThat(auto.problem(PartitionName.of(text), NOW)).as(text).isPresent();
      }
    }
  }

  @Test
  void formatsOfTheirOwnAndDatesAreTimesToo() {
    AutoPartitioning dashed =
        auto(
            Map.of(
                "table.auto-partition.time-format",
                "yyyy-MM-dd",
                "table.auto-partition.time-zone",
                "UTC"));
    assertThat(dashed.wanted(NOW))
        .containsExactly(PartitionName.of("2025-12-31"), PartitionName.of("2026-01-01"));
    AutoPartitioning date =
        AutoPartitioning.of(
                table(
                    List.of("dt"), new DateType(), Map.of("table.auto-partition.time-zone", "UTC")))
            .orElseThrow();
    assertThat(date.wanted(NOW)).isEqualTo(dashed.wanted(NOW));
    assertThat(date.isExpired(PartitionName.of("2025-12-24"), NOW)).isFalse();
    assertThat(date.isExpired(PartitionName.of("2025-12-23"), NOW)).isTrue();
  }

  @Test
  void ofSeveralKeysOneIsTheTime() {
    // When
    AutoPartitioning auto =
        AutoPartitioning.of(
                table(
                    List.of("region", "dt"),
                    STRING,
                    Map.of(
                        "table.auto-partition.key", "dt", "table.auto-partition.time-zone", "UTC")))
            .orElseThrow();
    // Then
    assertThat(auto.wanted(NOW)).isEmpty();
    assertThat(auto.isExpired(PartitionName.of("eu", "20251223"), NOW)).isTrue();
    assertThat(auto.isExpired(PartitionName.of("eu", "20251224"), NOW)).isFalse();
  }

  @Test
  void aNegativeRetentionKeepsAll() {
    assertThat(
            auto(Map.of("table.auto-partition.num-retention", "-1"))
                .isExpired(PartitionName.of("19700101"), NOW))
        .isFalse();
  }

  @Test
  void tablesThatDoNotAskForItHaveNone() {
    assertThat(
            AutoPartitioning.of(
                table(List.of("dt"), STRING, Map.of("table.auto-partition.enabled", "false"))))
        .isEmpty();
  }
}
