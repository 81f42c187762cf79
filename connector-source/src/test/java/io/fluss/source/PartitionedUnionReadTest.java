package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableDescriptor;
import io.fluss.partition.PartitionName;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.partition.PartitionedTableFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lake and log of partitioned tables, whose partitions come, go and stay in the lake. */
class PartitionedUnionReadTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final String COLUMNS = "id BIGINT NOT NULL, dt STRING NOT NULL, name STRING";

  private static final PartitionName GONE = PartitionName.of("gone");
  private static final PartitionName BOTH = PartitionName.of("both");
  private static final PartitionName AGAIN = PartitionName.of("again");

  @Test
  void partitionsAreInTheLakeInTheLogOrInBoth() throws Exception {
    try (PartitionedTableFixture table = table(false)) {
      // Given
      givenPartitions(table);

      // Then
      Row[] expected = {
        Row.of(1L, "gone", "lake"),
        Row.of(2L, "both", "lake"),
        Row.of(3L, "both", "log"),
        Row.of(4L, "again", "lake"),
        Row.of(5L, "again", "log"),
        Row.of(6L, "new", "log")
      };
      assertThat(batch(table).rows("SELECT * FROM t")).containsExactlyInAnyOrder(expected);
      assertThat(batch(table).rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(6L));
      assertThat(batch(table).rows("SELECT id FROM t WHERE dt IN ('gone', 'again')"))
          .containsExactlyInAnyOrder(Row.of(1L), Row.of(4L), Row.of(5L));
      assertThat(streaming(table).firstRows(6, "SELECT * FROM t"))
          .containsExactlyInAnyOrder(expected);
      assertThat(
              streaming(table, "scan.bounded.mode", "latest")
                  .rows("SELECT name FROM t WHERE dt = 'both'"))
          .containsExactly(Row.of("lake"), Row.of("log"));
    }
  }

  @Test
  void keysOfAPartitionAreItsOwn() throws Exception {
    try (PartitionedTableFixture table = table(true)) {
      // Given
      givenPartitions(table);
      table.upsert(row(2, "both", "changed"));
      table.upsert(row(4, "again", "changed"));

      // Then
      Row[] expected = {
        Row.of(1L, "gone", "lake"),
        Row.of(2L, "both", "changed"),
        Row.of(3L, "both", "log"),
        Row.of(4L, "again", "changed"),
        Row.of(5L, "again", "log"),
        Row.of(6L, "new", "log")
      };
      for (String buckets : List.of("false", "true")) {
        String[] options = {"datalake.memory.without-buckets", buckets};
        assertThat(batch(table, options).rows("SELECT * FROM t"))
            .containsExactlyInAnyOrder(expected);
        assertThat(batch(table, options).rows("SELECT COUNT(*) FROM t"))
            .containsExactly(Row.of(6L));
        assertThat(batch(table, options).rows("SELECT name FROM t WHERE dt = 'both' AND id = 2"))
            .containsExactly(Row.of("changed"));
        assertThat(batch(table, options).rows("SELECT name FROM t WHERE dt = 'gone' AND id = 1"))
            .containsExactly(Row.of("lake"));
      }
      assertThat(
              Changelog.stateOf(
                  streaming(table, "scan.bounded.mode", "latest").rows("SELECT * FROM t")))
          .containsExactlyInAnyOrder(expected);
    }
  }

  /** The first row of a key in the former partition is not the first one of the new partition. */
  @Test
  void aPartitionCreatedAgainSaysAloneWhatItsKeysAre() throws Exception {
    try (PartitionedTableFixture table = table(true, "table.merge-engine", "first_row")) {
      // Given
      givenPartitions(table);
      table.upsert(row(4, "again", "changed"));

      // Then
      assertAgainIs(table, Row.of(4L, "changed"), Row.of(5L, "log"));

      // When: the keys of the log do not fit into memory
      try (LakeContent lake = new LakeContent(table.table())) {
        // rows of the former partition that the new one knows nothing of
        RowData[] former =
            LongStream.range(10_000, 13_000)
                .mapToObj(i -> row(i, "again", "lake"))
                .toArray(RowData[]::new);
        lake.upsert(AGAIN, 0, 10, former).commit(LakeContent.offsets(GONE, "gone", 1L));
      }
      for (long i = 20_000; i < 23_000; i++) {
        table.upsert(row(i, "again", "log"));
      }

      // Then
      for (String buckets : List.of("false", "true")) {
        String[] options = {
          "scan.fold.memory-size", "32 kb", "datalake.memory.without-buckets", buckets
        };
        assertThat(
                batch(table, options)
                    .rows("SELECT name, COUNT(*) FROM t WHERE dt = 'again' GROUP BY name"))
            .containsExactlyInAnyOrder(
                Row.of("changed", 1L), Row.of("lake", 3_000L), Row.of("log", 3_001L));
        assertThat(batch(table, options).rows("SELECT COUNT(*) FROM t WHERE dt = 'again'"))
            .containsExactly(Row.of(6_002L));
      }
    }
  }

  /** A fold of all records reads the log; what is left of a topic that is gone is in the lake. */
  @Test
  void aStreamingFoldHasThePartitionsThatAreGone() throws Exception {
    try (PartitionedTableFixture table = table(true, "table.merge-engine", "first_row")) {
      // Given
      givenPartitions(table);

      // Then
      for (String buckets : List.of("false", "true")) {
        String[] options = {
          "scan.bounded.mode", "latest", "datalake.memory.without-buckets", buckets
        };
        assertThat(streaming(table, options).rows("SELECT * FROM t"))
            .containsExactlyInAnyOrder(
                Row.of(1L, "gone", "lake"),
                Row.of(2L, "both", "old"),
                Row.of(3L, "both", "log"),
                Row.of(5L, "again", "log"),
                Row.of(6L, "new", "log"));
        assertThat(
                streaming(table, options).rows("SELECT name FROM t WHERE dt = 'gone' AND id = 1"))
            .containsExactly(Row.of("lake"));
      }
    }
  }

  /** Also when some of what it says is in the lake, among rows that it says nothing of. */
  @Test
  void aFormerRowIsNoBaseOfWhatComesAfterTheNewPartitionWasTiered() throws Exception {
    try (PartitionedTableFixture table = table(true, "table.merge-engine", "first_row");
        LakeContent lake = new LakeContent(table.table())) {
      // Given
      givenPartitions(table);
      String again =
          table.tables().listPartitions(table.table()).stream()
              .filter(p -> p.name().equals(AGAIN))
              .findFirst()
              .orElseThrow()
              .topicId();
      lake.upsert(AGAIN, 0, 0, row(5, "again", "log"))
          .commit(LakeContent.offsetsAfterFormer(AGAIN, again, 1L));
      LakeContent.isComplete(table.tables(), table.table());
      assertAgainIs(table, Row.of(4L, "lake"), Row.of(5L, "log"));

      // When
      table.upsert(row(4, "again", "changed"), row(5, "again", "too late"), row(6, "again", "new"));

      // Then
      assertAgainIs(table, Row.of(4L, "changed"), Row.of(5L, "log"), Row.of(6L, "new"));
    }
  }

  private static void assertAgainIs(PartitionedTableFixture table, Row... rows) throws Exception {
    for (String buckets : List.of("false", "true")) {
      assertThat(
              batch(table, "datalake.memory.without-buckets", buckets)
                  .rows("SELECT id, name FROM t WHERE dt = 'again'"))
          .containsExactlyInAnyOrder(rows);
    }
  }

  @Test
  void aGapInAPartitionIsAnError() throws Exception {
    try (PartitionedTableFixture table = table(false);
        LakeContent lake = new LakeContent(table.table())) {
      // Given: the topic ends before what the lake has
      String id = table.add("both").topicId();
      lake.append(BOTH, 0, 0, row(1, "both", "lake")).commit(LakeContent.offsets(BOTH, id, 1L, 0L));

      // Then
      assertThatThrownBy(() -> batch(table).rows("SELECT * FROM t"))
          .hasStackTraceContaining("the log ends at 0: the topic lost records");
      assertThat(batch(table).rows("SELECT * FROM t WHERE dt <> 'both'")).isEmpty();
    }
  }

  /** Of "both" the first record of a bucket is in the lake; "again" was created anew. */
  private static void givenPartitions(PartitionedTableFixture table) throws Exception {
    boolean keyed = table.table().hasPrimaryKey();
    try (LakeContent lake = new LakeContent(table.table())) {
      String gone = table.add("gone").topicId();
      String again = table.add("again").topicId();
      String both = table.add("both").topicId();
      write(table, 0, row(1, "gone", "old"));
      write(table, 0, row(4, "again", "old"));
      write(table, 0, row(2, "both", "old"));
      put(lake, keyed, GONE, row(1, "gone", "lake"));
      put(lake, keyed, AGAIN, row(4, "again", "lake"));
      put(lake, keyed, BOTH, row(2, "both", "lake"));
      lake.commit(
          LakeContent.offsets(GONE, gone, next(keyed)),
          LakeContent.offsets(AGAIN, again, next(keyed)),
          LakeContent.offsets(BOTH, both, next(keyed)));
      LakeContent.isComplete(table.tables(), table.table());
      table.drop("gone");
      table.drop("again");
      write(table, 0, row(5, "again", "log"));
      write(table, 0, row(3, "both", "log"));
      write(table, 1, row(6, "new", "log"));
    }
  }

  private static Long[] next(boolean keyed) {
    return keyed ? new Long[] {1L} : new Long[] {1L, 0L};
  }

  private static void put(LakeContent lake, boolean keyed, PartitionName partition, RowData row) {
    if (keyed) {
      lake.upsert(partition, 0, 0, row);
    } else {
      lake.append(partition, 0, 0, row);
    }
  }

  private static void write(PartitionedTableFixture table, int bucket, RowData row) {
    if (table.table().hasPrimaryKey()) {
      table.upsert(row);
    } else {
      table.append(bucket, row);
    }
  }

  private static SqlSupport batch(PartitionedTableFixture table, String... options) {
    return declared(SqlSupport.batch(table), table, options);
  }

  private static SqlSupport streaming(PartitionedTableFixture table, String... options) {
    return declared(SqlSupport.streaming(table), table, options);
  }

  private static SqlSupport declared(
      SqlSupport sql, PartitionedTableFixture table, String... options) {
    List<String> all = new ArrayList<>(List.of(LakeContent.options(table.table())));
    all.addAll(List.of(options));
    String key = table.table().hasPrimaryKey() ? ", PRIMARY KEY (id, dt) NOT ENFORCED" : "";
    return sql.declare(COLUMNS + key, all.toArray(String[]::new));
  }

  private static PartitionedTableFixture table(boolean keyed, String... options) {
    TableDescriptor.Builder descriptor =
        TableDescriptor.builder()
            .column("id", new BigIntType(false))
            .column("dt", new VarCharType(false, VarCharType.MAX_LENGTH))
            .column("name", VarCharType.STRING_TYPE)
            .partitionKeys(List.of("dt"))
            .buckets(keyed ? 1 : 2)
            .option("table.datalake.enabled", "true")
            .option("table.datalake.format", "memory");
    if (keyed) {
      descriptor.primaryKey(List.of("id", "dt"));
    }
    for (int i = 0; i < options.length; i += 2) {
      descriptor.option(options[i], options[i + 1]);
    }
    return PartitionedTableFixture.create(SharedKafka.kafka(), descriptor.build());
  }

  private static RowData row(long id, String dt, String name) {
    return GenericRowData.of(id, StringData.fromString(dt), StringData.fromString(name));
  }
}
