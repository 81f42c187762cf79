package io.fluss.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnSetTest {

  private static final long REGISTERED = 1_760_000_000_000L;

  @Test
  void refusesIdsThatAreNoneAndFieldsInDisorder() {
    assertThatThrownBy(() -> new ColumnSet(0, List.of(1)))
        .hasMessage("Column sets have ids from 1 to 127, got 0.");
    assertThatThrownBy(() -> new ColumnSet(128, List.of(1))).hasMessageContaining("got 128");
    assertThatThrownBy(() -> new ColumnSet(1, List.of()))
        .hasMessage("Column set 1 has no columns.");
    assertThatThrownBy(() -> new ColumnSet(1, List.of(2, 2)))
        .hasMessage("The field ids of column set 1 have to rise, got [2, 2].");
    assertThatThrownBy(() -> new ColumnSet(1, List.of(3, 2))).hasMessageContaining("got [3, 2]");
  }

  @Test
  void aSetIsUsedAtOnceOnlyIfItsLeaseIsOverOnEveryClock() {
    // Given
    ColumnSet set = new ColumnSet(1, List.of(2), REGISTERED);
    long lease = ColumnSetLease.LEASE.toMillis();
    long safe = REGISTERED + lease + ColumnSetLease.CLOCK_DIFFERENCE.toMillis();
    // When, Then
    assertThat(ColumnSetLease.waitBeforeFirstWrite(set, REGISTERED))
        .isEqualTo(ColumnSetLease.LEASE);
    assertThat(ColumnSetLease.waitBeforeFirstWrite(set, REGISTERED - 1))
        .as("by a clock that is late")
        .isEqualTo(ColumnSetLease.LEASE);
    assertThat(ColumnSetLease.waitBeforeFirstWrite(set, safe - 1))
        .as("by a clock that may be early")
        .isEqualTo(ColumnSetLease.LEASE);
    assertThat(ColumnSetLease.waitBeforeFirstWrite(set, safe)).isEqualTo(Duration.ZERO);
  }
}
