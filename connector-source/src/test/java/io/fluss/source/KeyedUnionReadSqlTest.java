package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableDescriptor;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lake and log of a primary-key table, read as one. */
class KeyedUnionReadSqlTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final String COLUMNS =
      "id INT NOT NULL, a STRING, b INT, v BIGINT, PRIMARY KEY (id) NOT ENFORCED";

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.INT().notNull()),
                  DataTypes.FIELD("a", DataTypes.STRING()),
                  DataTypes.FIELD("b", DataTypes.INT()),
                  DataTypes.FIELD("v", DataTypes.BIGINT()))
              .notNull()
              .getLogicalType();

  private static final int KEYS = 60;

  @Test
  void theLogWinsOverTheLake() throws Exception {
    try (KeyedTableFixture table = table(Map.of())) {
      // Given
      givenSixtyRowsInTheLake(table);
      table.upsert(row(3, "new", 33, 1L), row(70, "new", 70, 1L));
      table.delete(row(4, null, null, null));
      table.delete(row(71, null, null, null));

      // Then
      List<Row> expected = changed();
      for (String buckets : List.of("false", "true")) {
        String[] options = options(table, "datalake.memory.without-buckets", buckets);
        assertThat(batch(table, options).rows("SELECT * FROM t"))
            .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(batch(table, options).rows("SELECT COUNT(*) FROM t"))
            .containsExactly(Row.of((long) KEYS));
        assertThat(batch(table, options).rows("SELECT a FROM t WHERE id BETWEEN 2 AND 5"))
            .containsExactlyInAnyOrder(Row.of("lake 2"), Row.of("new"), Row.of("lake 5"));
        assertThat(batch(table, options).rows("SELECT b, a FROM t WHERE id = 3"))
            .containsExactly(Row.of(33, "new"));
        assertThat(batch(table, options).rows("SELECT b FROM t WHERE id = 9"))
            .containsExactly(Row.of(9));
        assertThat(batch(table, options).rows("SELECT b FROM t WHERE id = 4")).isEmpty();
        assertThat(batch(table, options).rows("SELECT id FROM t WHERE b = 3")).isEmpty();
        assertThat(batch(table, options).rows("SELECT id FROM t LIMIT 7")).hasSize(7);
      }
      assertThat(
              batch(table, options(table, "scan.startup.mode", "earliest"))
                  .rows("SELECT COUNT(*) FROM t WHERE a LIKE 'old%'"))
          .as("the log alone")
          .containsExactly(Row.of((long) KEYS - 2));
    }
  }

  @Test
  void withLittleMemoryTheRowsAreTheSame() throws Exception {
    try (KeyedTableFixture table = table(Map.of())) {
      // Given: more fresh keys than fit
      givenSixtyRowsInTheLake(table);
      table.upsert(
          IntStream.range(1000, 9000).mapToObj(i -> row(i, "new", i, 1L)).toArray(RowData[]::new));
      table.upsert(row(3, "new", 33, 1L), row(70, "new", 70, 1L));
      table.delete(row(4, null, null, null));

      // Then
      String[] options = options(table, "scan.fold.memory-size", "32 kb");
      assertThat(batch(table, options).rows("SELECT * FROM t WHERE id < 1000"))
          .containsExactlyInAnyOrderElementsOf(changed());
      assertThat(batch(table, options).rows("SELECT COUNT(*), SUM(b) FROM t"))
          .containsExactly(
              Row.of(
                  8000L + KEYS,
                  IntStream.range(1000, 9000).sum()
                      + changed().stream().mapToInt(r -> (int) r.getField(2)).sum()));
      assertThat(batch(table, options).rows("SELECT COUNT(*) FROM t"))
          .containsExactly(Row.of(8000L + KEYS));
    }
  }

  private static List<Row> changed() {
    return Stream.concat(
            IntStream.range(0, KEYS).filter(i -> i != 3 && i != 4).mapToObj(i -> lakeRow(i)),
            Stream.of(Row.of(3, "new", 33, 1L), Row.of(70, "new", 70, 1L)))
        .toList();
  }

  private static Row lakeRow(int id) {
    return Row.of(id, "lake " + id, id, 0L);
  }

  /** The log has them too, under other names. */
  private static void givenSixtyRowsInTheLake(KeyedTableFixture table) {
    Map<Integer, List<RowData>> byBucket = new TreeMap<>();
    for (int i = 0; i < KEYS; i++) {
      RowData row = row(i, "lake " + i, i, 0L);
      byBucket.computeIfAbsent(table.bucket(row), b -> new ArrayList<>()).add(row);
      table.upsert(row(i, "old " + i, i, 0L));
    }
    try (LakeContent lake = new LakeContent(table.table())) {
      Long[] next = new Long[table.table().buckets()];
      for (int bucket = 0; bucket < next.length; bucket++) {
        RowData[] rows = byBucket.getOrDefault(bucket, List.of()).toArray(RowData[]::new);
        lake.upsert(null, bucket, 0, rows);
        next[bucket] = (long) rows.length;
      }
      lake.commit(next);
    }
    LakeContent.isComplete(table.tables(), table.table());
  }

  @Test
  void aBucketWithoutFreshRecordsIsTheLakeAlone() throws Exception {
    try (KeyedTableFixture table = table(Map.of())) {
      givenSixtyRowsInTheLake(table);
      List<Row> expected = IntStream.range(0, KEYS).mapToObj(i -> lakeRow(i)).toList();
      assertThat(batch(table, options(table)).rows("SELECT * FROM t"))
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(batch(table, options(table)).rows("SELECT COUNT(*) FROM t"))
          .containsExactly(Row.of((long) KEYS));
      assertThat(batch(table, options(table)).rows("SELECT a FROM t WHERE id = 5"))
          .containsExactly(Row.of("lake 5"));
    }
  }

  @Test
  void aStreamingReadInsertsTheLakeThenTellsTheChanges() throws Exception {
    try (KeyedTableFixture table = table(Map.of())) {
      // Given
      givenSixtyRowsInTheLake(table);
      table.upsert(row(3, "new", 33, 1L), row(70, "new", 70, 1L));
      table.delete(row(4, null, null, null));

      // Then
      for (String buckets : List.of("false", "true")) {
        String[] options =
            options(
                table, "scan.bounded.mode", "latest", "datalake.memory.without-buckets", buckets);
        List<Row> changes =
            SqlSupport.streaming(table).declare(COLUMNS, options).rows("SELECT * FROM t");
        assertThat(Changelog.stateOf(changes)).containsExactlyInAnyOrderElementsOf(changed());
        assertThat(changes)
            .contains(Row.ofKind(RowKind.INSERT, 3, "lake 3", 3, 0L))
            .noneMatch(r -> String.valueOf(r.getField(1)).startsWith("old"));
      }
    }
  }

  @Test
  void metadataTellsTheRecordThatMadeTheRow() throws Exception {
    try (KeyedTableFixture table = table(Map.of("bucket.num", "1"))) {
      // Given
      givenSixtyRowsInTheLake(table);
      table.upsert(row(3, "new", 33, 1L));
      String columns =
          COLUMNS.replace(
              ", PRIMARY",
              ", o BIGINT NOT NULL METADATA FROM 'offset' VIRTUAL,"
                  + " i INT NOT NULL METADATA FROM 'row-index' VIRTUAL, PRIMARY");

      // Then
      assertThat(
              SqlSupport.batch(table)
                  .declare(columns, options(table))
                  .rows("SELECT id, o, i, a FROM t WHERE id IN (2, 3)"))
          .containsExactlyInAnyOrder(Row.of(2, 2L, 0, "lake 2"), Row.of(3, (long) KEYS, 0, "new"));
    }
  }

  @Test
  void partialUpdatesFillTheRowsOfTheLake() throws Exception {
    try (KeyedTableFixture table = table(Map.of())) {
      // Given
      int a = table.registerColumnSet("a");
      int b = table.registerColumnSet("b");
      givenSixtyRowsInTheLake(table);
      table.update(a, row(3, "new", null, null));
      table.update(b, row(4, null, null, null));
      table.deletePart(a, row(5, null, null, null));
      table.delete(row(6, null, null, null));
      table.delete(row(7, null, null, null));
      table.update(b, row(7, null, 77, null));
      table.update(b, row(100, null, 100, null));

      // Then
      List<Row> expected =
          new ArrayList<>(
              IntStream.range(0, KEYS)
                  .filter(i -> i < 3 || i > 7)
                  .mapToObj(i -> lakeRow(i))
                  .toList());
      expected.add(Row.of(3, "new", 3, 0L));
      expected.add(Row.of(4, "lake 4", null, 0L));
      expected.add(Row.of(5, null, 5, 0L));
      expected.add(Row.of(7, null, 77, null));
      expected.add(Row.of(100, null, 100, null));
      for (String memory : List.of("16 kb", "16 mb")) {
        String[] options = options(table, "scan.fold.memory-size", memory);
        assertThat(batch(table, options).rows("SELECT * FROM t"))
            .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(batch(table, options).rows("SELECT b FROM t WHERE id = 3"))
            .containsExactly(Row.of(3));
        assertThat(batch(table, options).rows("SELECT COUNT(*) FROM t"))
            .containsExactly(Row.of((long) expected.size()));
      }
      assertThat(
              Changelog.stateOf(
                  SqlSupport.streaming(table)
                      .declare(COLUMNS, options(table, "scan.bounded.mode", "latest"))
                      .rows("SELECT a FROM t WHERE id = 8")))
          .as("a fold in state reads the log alone")
          .containsExactly(Row.of("old 8"));
    }
  }

  @Test
  void theFirstRowStaysThatOfTheLake() throws Exception {
    try (KeyedTableFixture table = table(Map.of("table.merge-engine", "first_row"))) {
      // Given
      givenSixtyRowsInTheLake(table);
      table.upsert(row(3, "late", 33, 1L), row(70, "first", 70, 1L), row(70, "late", 71, 1L));

      // Then
      assertThat(batch(table, options(table)).rows("SELECT a, b FROM t WHERE id IN (3, 5, 70)"))
          .containsExactlyInAnyOrder(Row.of("lake 3", 3), Row.of("lake 5", 5), Row.of("first", 70));
      assertThat(batch(table, options(table)).rows("SELECT COUNT(*) FROM t"))
          .containsExactly(Row.of(KEYS + 1L));
    }
  }

  @Test
  void theNewestVersionMayBeInTheLake() throws Exception {
    try (KeyedTableFixture table =
        table(
            Map.of(
                "table.merge-engine",
                "versioned",
                "table.merge-engine.versioned.ver-column",
                "v"))) {
      // Given
      givenSixtyRowsInTheLake(table);
      table.upsert(row(3, "older", 33, -1L), row(4, "newer", 44, 1L));

      // Then
      for (String memory : List.of("16 kb", "16 mb")) {
        assertThat(
                batch(table, options(table, "scan.fold.memory-size", memory))
                    .rows("SELECT a, b FROM t WHERE id IN (3, 4, 5)"))
            .containsExactlyInAnyOrder(
                Row.of("lake 3", 3), Row.of("newer", 44), Row.of("lake 5", 5));
      }
    }
  }

  @Test
  void aLakeFarBehindIsNotTrustedWithDeletes() throws Exception {
    try (KeyedTableFixture table = table(Map.of("bucket.num", "1"))) {
      // Given: deletes behind the lake may be gone from the log by now
      table.upsert(row(1, "log", 1, 1L), row(2, "log", 2, 1L));
      try (LakeContent lake = new LakeContent(table.table())) {
        lake.upsert(null, 0, 0, row(1, "lake", 1, 1L));
        lake.commit(1L);
      }
      LakeContent.isCompleteAt(table.tables(), table.table(), 5_000);

      // Then
      assertThat(batch(table, options(table)).rows("SELECT a FROM t"))
          .containsExactlyInAnyOrder(Row.of("log"), Row.of("log"));
      assertThat(
              SqlSupport.streaming(table)
                  .declare(COLUMNS, options(table))
                  .firstRows(2, "SELECT a FROM t"))
          .extracting(r -> r.getField(0))
          .containsExactly("log", "log");
    }
  }

  @Test
  void aLakeThatWasRolledBackBringsNoDeletedRowsBack() throws Exception {
    try (KeyedTableFixture table = table(Map.of("bucket.num", "1"))) {
      // Given: what is recorded is further than what the lake has now
      table.upsert(row(1, "log", 1, 1L), row(2, "log", 2, 1L));
      try (LakeContent lake = new LakeContent(table.table())) {
        lake.upsert(null, 0, 0, row(1, "lake", 1, 1L), row(9, "deleted since", 9, 1L));
        lake.commit(1L);
      }
      LakeContent.isTieredTo(table.tables(), table.table(), 2L);

      // Then
      assertThat(batch(table, options(table)).rows("SELECT id, a FROM t"))
          .containsExactlyInAnyOrder(Row.of(1, "log"), Row.of(2, "log"));
    }
  }

  private static SqlSupport batch(KeyedTableFixture table, String... options) {
    return SqlSupport.batch(table).declare(COLUMNS, options);
  }

  private static String[] options(KeyedTableFixture table, String... more) {
    List<String> all = new ArrayList<>(List.of(LakeContent.options(table.table())));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static KeyedTableFixture table(Map<String, String> options) {
    TableDescriptor.Builder descriptor =
        Descriptors.of(TYPE, "id")
            .buckets(Integer.parseInt(options.getOrDefault("bucket.num", "3")));
    descriptor.option("table.datalake.enabled", "true");
    descriptor.option("table.datalake.format", "memory");
    options.forEach(
        (k, v) -> {
          if (!k.equals("bucket.num")) {
            descriptor.option(k, v);
          }
        });
    return KeyedTableFixture.create(SharedKafka.kafka(), "t", descriptor.build());
  }

  private static RowData row(int id, String a, Integer b, Long v) {
    return GenericRowData.of(id, a == null ? null : StringData.fromString(a), b, v);
  }
}
