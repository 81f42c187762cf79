package io.fluss.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TombstoneHorizonTest {

  private static final TablePath TABLE = TablePath.of("shop", "orders");
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final long START = Instant.parse("2025-06-17T10:00:00Z").toEpochMilli();

  @Test
  void aReaderMayBeAsLateAsDeletesAreKept() {
    // Given
    TombstoneHorizon horizon = TombstoneHorizon.ofCompacted(TABLE, RETENTION, START);

    // When, Then
    assertThatCode(() -> horizon.check(START + RETENTION.toMillis())).doesNotThrowAnyException();
  }

  @Test
  void aReaderThatIsLaterIsRefused() {
    // Given
    TombstoneHorizon horizon = TombstoneHorizon.ofCompacted(TABLE, RETENTION, START);

    // When, Then
    assertThatThrownBy(() -> horizon.check(START + RETENTION.toMillis() + 1))
        .isInstanceOf(TombstonesGoneException.class)
        .hasMessage(
            "Table 'shop.orders' cannot be read on from a state of 2025-06-17T10:00:00Z: it is"
                + " 2025-06-24T10:00:00.001Z now, and its topic keeps deletes for 7 d only"
                + " ('delete.retention.ms' = 604800000), so rows deleted in the meantime would stay"
                + " in the result. Start the query anew, without its state. To let queries pause"
                + " for longer, raise 'table.log.ttl'.");
  }

  @Test
  void readingOnMovesTheSafeTime() {
    // Given
    TombstoneHorizon horizon = TombstoneHorizon.ofCompacted(TABLE, RETENTION, START);

    // When
    horizon.recordRead(START - 5);
    long afterOldRecord = horizon.safeTimeMillis();
    horizon.recordRead(START + 5);
    long afterNewRecord = horizon.safeTimeMillis();
    horizon.caughtUp(START + 9);

    // Then
    assertThat(afterOldRecord).isEqualTo(START);
    assertThat(afterNewRecord).isEqualTo(START + 5);
    assertThat(horizon.safeTimeMillis()).isEqualTo(START + 9);
  }

  @Test
  void aStoredSafeTimeGoesOn() {
    // Given
    TombstoneHorizon before = TombstoneHorizon.ofCompacted(TABLE, RETENTION, START);
    before.caughtUp(START + 1000);

    // When
    TombstoneHorizon resumed =
        TombstoneHorizon.ofCompacted(TABLE, RETENTION, before.safeTimeMillis());

    // Then
    assertThatCode(() -> resumed.check(START + 1000 + RETENTION.toMillis()))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> resumed.check(START + 1001 + RETENTION.toMillis()))
        .isInstanceOf(TombstonesGoneException.class);
  }

  @Test
  void nothingIsRefusedWhereNothingIsRemoved() {
    // Given
    TableInfo kept = MergeFixtures.table(Map.of("table.merge-engine", "first_row"), List.of());
    TombstoneHorizon horizon = TombstoneHorizon.of(kept, 0);

    // When, Then
    assertThatCode(() -> horizon.check(Long.MAX_VALUE)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"7 d, 7", "1 h, 1", "0 ms, 36500"})
  void aTablesOwnOptionsSayForHowLong(String ttl, long days) {
    // Given
    TableInfo table = MergeFixtures.table(Map.of("table.log.ttl", ttl), List.of());
    TombstoneHorizon horizon = TombstoneHorizon.of(table, START);
    long last = START + Duration.ofDays(days).toMillis();

    // When, Then
    assertThatCode(() -> horizon.check(last)).doesNotThrowAnyException();
    assertThatThrownBy(() -> horizon.check(last + 1)).isInstanceOf(TombstonesGoneException.class);
  }

  @Test
  void aClockThatWentBackRefusesNothing() {
    // Given
    TombstoneHorizon horizon = TombstoneHorizon.ofCompacted(TABLE, RETENTION, START);

    // When, Then
    assertThatCode(() -> horizon.check(0)).doesNotThrowAnyException();
  }
}
