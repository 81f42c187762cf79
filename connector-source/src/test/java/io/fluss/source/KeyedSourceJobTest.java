package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of primary-key tables in jobs that stop and go on. */
class KeyedSourceJobTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final RowType TYPE =
      RowType.of(
          new LogicalType[] {new BigIntType(false), new BigIntType()}, new String[] {"id", "v"});

  private static final String COLUMNS =
      "id BIGINT NOT NULL, v BIGINT, PRIMARY KEY (id) NOT ENFORCED";

  /** What jobs hand back; they run in this JVM. */
  private static final ConcurrentLinkedQueue<Row> SEEN = new ConcurrentLinkedQueue<>();

  @TempDir Path directory;

  @BeforeEach
  void start() {
    SEEN.clear();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aJobStoppedInTheMiddleGoesOnWithTheNextRecord(boolean folded) throws Exception {
    try (KeyedTableFixture table =
        KeyedTableFixture.create(
            SharedKafka.kafka(), "t", Descriptors.of(TYPE, "id").buckets(2).build())) {
      // Given: 20000 records of 1000 keys
      if (folded) {
        table.registerColumnSet("v");
      }
      table.upsert(
          LongStream.range(0, 20_000)
              .mapToObj(i -> (RowData) GenericRowData.of(i % 1000, i))
              .toList());
      StreamExecutionEnvironment first = environment(new Configuration());
      read(first, table, new Slowly());
      JobClient job = first.executeAsync();

      // When
      Awaitility.await().until(() -> SEEN.size() > 2_000);
      String savepoint =
          job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
              .get();
      int seenBefore = SEEN.size();
      Configuration restore = new Configuration();
      restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      StreamExecutionEnvironment second = environment(restore);
      read(second, table, new Collect());
      second.execute();

      // Then: each change once, none missing
      int changes = folded ? 1_000 + 2 * 19_000 : 20_000;
      assertThat(seenBefore).isBetween(2_000, changes - 1);
      assertThat(SEEN).hasSize(changes);
      Map<Long, Long> rows = new ConcurrentHashMap<>();
      SEEN.forEach(r -> rows.put((Long) r.getField(0), (Long) r.getField(1)));
      assertThat(rows).hasSize(1_000).allSatisfy((id, v) -> assertThat(v).isEqualTo(19_000 + id));
    }
  }

  private static StreamExecutionEnvironment environment(Configuration configuration) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(1);
    return environment;
  }

  /** As an upsert stream, so that the planner adds nothing to what the source emits. */
  private static void read(
      StreamExecutionEnvironment environment,
      KeyedTableFixture table,
      MapFunction<Row, Row> function) {
    StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
    sql.executeSql(
        "CREATE TEMPORARY TABLE t (" + COLUMNS + ") " + table.with("scan.bounded.mode", "latest"));
    Table rows = sql.from("t");
    boolean folded = !table.table().columnSets().isEmpty();
    sql.toChangelogStream(
            rows,
            Schema.newBuilder()
                .column("id", "BIGINT NOT NULL")
                .column("v", "BIGINT")
                .primaryKey("id")
                .build(),
            folded ? ChangelogMode.all() : ChangelogMode.upsert())
        .map(function)
        .returns(Types.ROW(Types.LONG, Types.LONG))
        .uid("function")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
  }

  private static class Collect implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Row map(Row row) {
      SEEN.add(row);
      return row;
    }
  }

  private static final class Slowly extends Collect {
    private static final long serialVersionUID = 1L;

    @Override
    public Row map(Row row) {
      LockSupport.parkNanos(50_000);
      return super.map(row);
    }
  }
}
