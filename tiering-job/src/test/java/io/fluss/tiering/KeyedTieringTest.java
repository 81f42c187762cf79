package io.fluss.tiering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fluss.admin.TableDescriptor;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.state.TieringProblem;
import io.fluss.options.MergeEngine;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import io.fluss.tiering.config.TieringOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** Primary-key tables by the whole job. */
class KeyedTieringTest extends TieringTest {

  private static TableDescriptor.Builder descriptor() {
    return TableDescriptor.builder()
        .column("id", new IntType(false))
        .column("name", new VarCharType(VarCharType.MAX_LENGTH))
        .column("amount", new BigIntType())
        .primaryKey(List.of("id"));
  }

  private KeyedTableFixture create(TableDescriptor descriptor) {
    return dropping(KeyedTableFixture.create(SharedKafka.kafka(), "t", descriptor));
  }

  private static RowData row(int id, String name, Long amount) {
    return GenericRowData.of(id, name == null ? null : StringData.fromString(name), amount);
  }

  private List<String> rowsWithoutPlaces(TableInfo table) {
    return lake.rows(table).stream().map(r -> r.substring(0, r.indexOf('@'))).toList();
  }

  @Test
  void theNetChangesOfARangeGoToTheLake() {
    // Given
    KeyedTableFixture log = create(descriptor().build());
    TableInfo table = lake.enable(tables, log.table());
    log.upsert(row(1, "a", 1L), row(2, "b", 2L), row(3, "c", 3L));
    log.upsert(row(1, "a2", 11L));
    log.delete(row(2, null, null));
    // When
    start(2);
    awaitTiered(table);
    // Then
    assertThat(lake.rows(table)).containsExactly("1,a2,11@0/3", "3,c,3@0/2");
    assertThat(lake.hooks().snapshots(table.path())).isEqualTo(1);
    // When
    log.delete(row(3, null, null));
    log.upsert(row(2, "b2", null));
    log.delete(row(9, null, null));
    awaitTiered(table);
    // Then
    assertThat(lake.rows(table)).containsExactly("1,a2,11@0/3", "2,b2,null@0/6");
  }

  @Test
  void partialUpdatesOfSeveralRoundsComeTogether() {
    // Given
    KeyedTableFixture log = create(descriptor().build());
    TableInfo table = lake.enable(tables, log.table());
    log.upsert(row(1, "a", 1L), row(2, "b", 2L), row(4, "d", 4L));
    start(1);
    awaitTiered(table);
    // When
    int names = log.registerColumnSet("name");
    int amounts = log.registerColumnSet("amount");
    log.update(names, row(1, "a2", null));
    log.update(amounts, row(3, null, 33L));
    awaitTiered(table);
    log.update(amounts, row(1, null, 11L));
    log.update(names, row(3, "c", null));
    log.deletePart(names, row(2, null, null));
    log.delete(row(4, null, null));
    awaitTiered(table);
    // Then
    assertThat(rowsWithoutPlaces(table)).containsExactly("1,a2,11", "2,null,2", "3,c,33");
  }

  @Test
  void aRangeDoesNotEndWithinADelete() {
    // Given
    KeyedTableFixture log = create(descriptor().build());
    log.registerColumnSet("name");
    TableInfo table = lake.enable(tables, log.table());
    log.upsert(row(1, "a", 1L), row(2, "b", 2L));
    log.deleteByMarker(row(1, null, null));
    log.upsert(row(3, "c", 3L));
    // When
    start(1);
    // Then
    await().until(() -> lake.rows(table).size(), n -> n == 2);
    assertThat(lake.offsets(table).next(table.topicId(), 0)).isEqualTo(2);
    // When
    log.tombstone(1, row(1, null, null));
    log.tombstone(0, row(1, null, null));
    awaitTiered(table);
    // Then
    assertThat(rowsWithoutPlaces(table)).containsExactly("2,b,2", "3,c,3");
  }

  @Test
  void deletesThatMayBeGoneParkTheTable() {
    // Given
    KeyedTableFixture log = create(descriptor().build());
    TableInfo table = lake.enable(tables, log.table());
    log.upsert(row(1, "a", 1L));
    RunningJob first = start(1);
    awaitTiered(table);
    first.close();
    log.alterTopic(Map.of("delete.retention.ms", "1", "max.compaction.lag.ms", "1000000000"));
    // Offsets without a record to be seen: something may have been compacted away.
    log.upsertAndAbort(row(2, "b", 2L));
    log.upsert(row(3, "c", 3L));
    // When
    start(1);
    // Then
    TieringProblem problem =
        awaitState(table, s -> s.problem().isPresent()).problem().orElseThrow();
    assertThat(problem).isInstanceOf(TieringProblem.Parked.class);
    assertThat(problem.reason())
        .contains("compacted away")
        .contains("CALL sys.resume_tiering('" + table.path() + "')");
    assertThat(rowsWithoutPlaces(table)).containsExactly("1,a,1");
    // When
    log.alterTopic(Map.of("delete.retention.ms", "86400000"));
    tables.resumeTiering(table);
    awaitTiered(table);
    // Then
    assertThat(rowsWithoutPlaces(table)).containsExactly("1,a,1", "3,c,3");
  }

  @Test
  void mergeEnginesSeeTheWholeLog() {
    // Given
    KeyedTableFixture first =
        create(
            descriptor()
                .option(TableOptions.MERGE_ENGINE.key(), MergeEngine.FIRST_ROW.name())
                .build());
    KeyedTableFixture newest =
        create(
            descriptor()
                .option(TableOptions.MERGE_ENGINE.key(), MergeEngine.VERSIONED.name())
                .option(TableOptions.VERSION_COLUMN.key(), "amount")
                .build());
    TableInfo firstTable = lake.enable(tables, first.table());
    TableInfo newestTable = lake.enable(tables, newest.table());
    List<KeyedTableFixture> both = List.of(first, newest);
    both.forEach(t -> t.upsert(row(1, "a", 5L), row(2, "b", 5L)));
    start(2);
    awaitTiered(firstTable);
    awaitTiered(newestTable);
    // When
    both.forEach(t -> t.upsert(row(1, "a2", 4L), row(2, "b2", 6L), row(3, "c", 1L)));
    awaitTiered(firstTable);
    awaitTiered(newestTable);
    // Then
    assertThat(rowsWithoutPlaces(firstTable)).containsExactly("1,a,5", "2,b,5", "3,c,1");
    assertThat(rowsWithoutPlaces(newestTable)).containsExactly("1,a,5", "2,b2,6", "3,c,1");
  }

  @Test
  void recordsThatChangeNothingMoveTheOffsets() {
    // Given
    KeyedTableFixture log = create(descriptor().option("table.merge-engine", "first_row").build());
    TableInfo table = lake.enable(tables, log.table());
    log.upsert(row(1, "a", 1L));
    start(1);
    awaitTiered(table);
    // When
    log.upsert(row(1, "late", 2L));
    awaitTiered(table);
    // Then
    assertThat(rowsWithoutPlaces(table)).containsExactly("1,a,1");
  }

  @Test
  void aRoundIsCutByItsBytesAndTheNextGoesOn() {
    // Given
    KeyedTableFixture log = create(descriptor().buckets(2).build());
    TableInfo table = lake.enable(tables, log.table());
    Map<Integer, String> expected = new TreeMap<>();
    String filler = "x".repeat(2_000);
    for (int round = 0; round < 3; round++) {
      List<RowData> rows = new ArrayList<>();
      for (int id = 0; id < 150; id++) {
        String name = filler + round;
        rows.add(row(id, name, (long) round));
        expected.put(id, id + "," + name + "," + round);
      }
      log.upsert(rows);
    }
    Configuration options = new Configuration();
    options.set(TieringOptions.POLL_INTERVAL, Duration.ofMillis(50));
    options.set(TieringOptions.MAX_ROUND_BYTES, new MemorySize(1));
    options.set(TieringOptions.FOLD_MEMORY_SIZE, new MemorySize(20 << 10));
    // When
    start(lake.config(client, options), 2);
    awaitTiered(table);
    // Then
    assertThat(rowsWithoutPlaces(table)).containsExactlyInAnyOrderElementsOf(expected.values());
    assertThat(lake.hooks().snapshots(table.path())).isGreaterThan(1);
    LakeOffsets offsets = lake.offsets(table);
    assertThat(offsets.next(table.topicId(), 0) + offsets.next(table.topicId(), 1)).isEqualTo(450);
  }
}
