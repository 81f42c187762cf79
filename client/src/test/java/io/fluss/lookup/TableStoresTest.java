package io.fluss.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.table.TableInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableStoresTest {

  private static final long DAY = 86_400_000;

  private final TableInfo table = LocalFixtures.table("topic-1");

  @TempDir Path temporary;

  private TableStores stores(long memoryBytes) {
    return new TableStores(
        table, temporary.resolve("lookups"), memoryBytes, () -> Set.of("topic-1"));
  }

  private static void fill(LookupStore store, int rows, LogProgress progress) {
    for (int i = 0; i < rows; i++) {
      store.apply(LookupStoreContract.number(i), new byte[100]);
    }
    store.commit(progress);
  }

  /** Leaves files of bucket 0 behind, with a thousand rows up to this progress. */
  private void leaveFiles(LogProgress progress) {
    try (TableStores stores = stores(0)) {
      fill(stores.open(StoredBucket.of(table, 0)), 1000, progress);
      stores.keepBound();
    }
  }

  @Test
  void staysInMemoryWithinTheBoundAndTouchesNoDisk() {
    // Given
    try (TableStores stores = stores(1 << 20)) {
      LookupStore store = stores.open(StoredBucket.of(table, 0));
      // When
      fill(store, 1000, new LogProgress(1000, 5));
      stores.keepBound();
      // Then
      assertThat(store.heapBytes()).isPositive();
    }
    assertThat(Files.exists(temporary.resolve("lookups"))).isFalse();
  }

  @Test
  void theLargestBucketsMoveToDiskUntilTheBoundHolds() {
    // Given
    try (TableStores stores = stores(300_000)) {
      LookupStore small = stores.open(StoredBucket.of(table, 0));
      LookupStore large = stores.open(StoredBucket.of(table, 1));
      fill(small, 1000, new LogProgress(1000, 5));
      fill(large, 10_000, new LogProgress(10_000, 6));
      // When
      stores.keepBound();
      large.apply(LookupStoreContract.number(0), null);
      large.commit(new LogProgress(10_001, 7));
      // Then
      assertThat(stores.heapBytes()).isBetween(1L, 300_000L);
      assertThat(large.heapBytes()).isZero();
      assertThat(small.heapBytes()).isPositive();
      assertThat(large.get(LookupStoreContract.number(9999))).hasSize(100);
      assertThat(large.get(LookupStoreContract.number(0))).isNull();
      assertThat(large.progress()).contains(new LogProgress(10_001, 7));
    }
  }

  @Test
  void goesOnFromLocalFilesThatAreStillGood() {
    // Given
    leaveFiles(new LogProgress(1000, 5));
    // When
    try (TableStores stores = stores(0)) {
      StartedStore started = StartedStore.of(table, stores, 0, 10, 1200, 5 + DAY);
      // Then
      assertThat(started.offset()).isEqualTo(1000);
      assertThat(started.horizon().safeTimeMillis()).isEqualTo(5);
      assertThat(started.store().get(LookupStoreContract.number(999))).hasSize(100);
    }
  }

  @Test
  void readsAnewWhereTheLogBeginsBehindLocalFiles() {
    assertReadAnew(new LogProgress(1000, 5), 1001, 1200, 6);
  }

  @Test
  void readsAnewWhereTheLogEndsBeforeLocalFiles() {
    assertReadAnew(new LogProgress(1000, 5), 0, 999, 6);
  }

  @Test
  void readsAnewWhereDeletesMayBeGone() {
    assertReadAnew(new LogProgress(1000, 5), 0, 1200, 6 + DAY);
  }

  private void assertReadAnew(LogProgress left, long logStart, long logEnd, long nowMillis) {
    // Given
    leaveFiles(left);
    // When
    try (TableStores stores = stores(0)) {
      StartedStore started = StartedStore.of(table, stores, 0, logStart, logEnd, nowMillis);
      // Then
      assertThat(started.offset()).isEqualTo(logStart);
      assertThat(started.horizon().safeTimeMillis()).isEqualTo(nowMillis);
      assertThat(started.store().progress()).isEmpty();
      assertThat(started.store().get(LookupStoreContract.number(0))).isNull();
      fill(started.store(), 10, new LogProgress(logEnd, nowMillis));
      stores.keepBound();
      assertThat(started.store().get(LookupStoreContract.number(9))).hasSize(100);
      assertThat(started.store().get(LookupStoreContract.number(10))).isNull();
    }
  }

  @Test
  void whatFilesHaveOfPartitionsThatAreGoneIsRemoved() {
    // Given
    leaveFiles(new LogProgress(1000, 5));
    TableInfo again = LocalFixtures.table("topic-2");
    // When
    try (TableStores stores =
        new TableStores(again, temporary.resolve("lookups"), 0, () -> Set.of("topic-2"))) {
      stores.open(StoredBucket.of(again, 0));
    }
    // Then
    try (TableStores stores = stores(0)) {
      assertThat(stores.open(StoredBucket.of(table, 0)).progress()).isEmpty();
    }
  }
}
