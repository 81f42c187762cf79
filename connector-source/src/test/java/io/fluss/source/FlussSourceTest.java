package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableDescriptor;
import io.fluss.lineage.TableDataset;
import io.fluss.lineage.TableFacet;
import io.fluss.partition.PartitionName;
import io.fluss.source.deserializer.FlussDeserializationSchema;
import io.fluss.source.deserializer.JsonStringDeserializationSchema;
import io.fluss.source.deserializer.LogRecord;
import io.fluss.source.deserializer.PojoDeserializationSchema;
import io.fluss.source.deserializer.RowDataDeserializationSchema;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import io.fluss.testkit.log.TableFixture;
import io.fluss.testkit.partition.PartitionedTableFixture;
import io.fluss.typed.Filter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Log tables in the DataStream API. */
class FlussSourceTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("order_id", DataTypes.BIGINT().notNull()),
                  DataTypes.FIELD("region", DataTypes.STRING()),
                  DataTypes.FIELD("amount", DataTypes.DECIMAL(10, 2)))
              .getLogicalType();

  /** What jobs hand back; they run in this JVM. */
  private static final ConcurrentLinkedQueue<Long> SEEN = new ConcurrentLinkedQueue<>();

  /** One table for tests that only read: two buckets of two batches of two rows. */
  private static LogTableFixture orders;

  private static long between;

  @TempDir Path directory;

  record Order(BigDecimal amount, long orderId) {}

  @BeforeAll
  static void write() {
    orders = LogTableFixture.create(SharedKafka.kafka(), descriptor().build());
    orders.write(0, row(1, "eu"), row(2, "us"));
    orders.write(1, row(3, "eu"), row(4, "us"));
    between = SqlSupport.millisAfterNow();
    orders.write(0, row(5, "eu"), row(6, null));
    orders.write(1, row(7, "eu"), row(8, "us"));
  }

  @BeforeEach
  void start() {
    SEEN.clear();
  }

  // ---------------------------------------------------------------------------------- round trips

  @Test
  void rowsComeAsTheyAre() throws Exception {
    // Given
    FlussSource<RowData> source = rows(orders).setBounded().build();

    // When
    List<String> seen = collect(source, r -> r.getLong(0) + " " + r.getString(1));

    // Then
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "1 eu", "2 us", "3 eu", "4 us", "5 eu", "6 null", "7 eu", "8 us");
    assertThat(source.getProducedType()).isEqualTo(InternalTypeInfo.of(TYPE));
  }

  @Test
  void projectedFieldsComeInTheirOrderAndAsObjects() throws Exception {
    // Given
    FlussSource<Order> source =
        FlussSourceTest.<Order>of(orders)
            .setProjectedFields("amount", "order_id")
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded()
            .setFilter(Filter.atLeast("order_id", 7))
            .setDeserializationSchema(PojoDeserializationSchema.of(Order.class))
            .build();

    // When
    List<Order> seen =
        environment()
            .fromSource(source, WatermarkStrategy.noWatermarks(), "o")
            .executeAndCollect(100);

    // Then
    assertThat(seen)
        .containsExactlyInAnyOrder(
            new Order(new BigDecimal("7.50"), 7), new Order(new BigDecimal("8.50"), 8));
  }

  @Test
  void jsonTellsWhereARowIs() throws Exception {
    // Given
    FlussSource<String> source =
        FlussSourceTest.<String>of(orders)
            .setBounded()
            .setFilter(Filter.equal("order_id", 6))
            .setDeserializationSchema(new JsonStringDeserializationSchema())
            .build();

    // When
    List<String> seen = collect(source, s -> s.replaceAll("\"timestamp\":\\d{13}", "T"));

    // Then
    assertThat(seen)
        .containsExactly(
            "{\"offset\":1,T,\"change_type\":\"+I\",\"row\":{\"order_id\":6,\"region\":null,\"amount\":6.50}}");
  }

  @Test
  void aFilterNeedNotBeOfSelectedColumns() throws Exception {
    // Given
    FlussSource<String> source =
        FlussSourceTest.<String>of(orders)
            .setBounded()
            .setProjectedFields("order_id")
            .setFilter(Filter.equal("region", "us"))
            .setFilter(Filter.not(Filter.equal("order_id", 2)))
            .setDeserializationSchema(new Places())
            .build();

    // When // Then
    assertThat(collect(source, s -> s)).containsExactlyInAnyOrder("4@1:0.1/1", "8@1:1.1/1");
  }

  /** Id, bucket, offset, index in the batch, number of columns. */
  private static final class Places implements FlussDeserializationSchema<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String deserialize(LogRecord record) {
      assertThat(record.timestamp()).isPositive();
      assertThat(record.partition()).isNull();
      return record.row().getLong(0)
          + "@"
          + record.bucket()
          + ":"
          + record.offset()
          + "."
          + record.rowIndex()
          + "/"
          + record.row().getArity();
    }

    @Override
    public TypeInformation<String> getProducedType(RowType rowType) {
      return Types.STRING;
    }
  }

  // --------------------------------------------------------------------------- beginnings and ends

  @Test
  void readsBeginAndEndWhereTheyAreTold() throws Exception {
    assertThat(
            ids(
                rows(orders)
                    .setStartingOffsets(OffsetsInitializer.offsets(Map.of(1, 1L)))
                    .setBounded()))
        .as("a bucket that is not named begins with its oldest rows")
        .containsExactlyInAnyOrder(1L, 2L, 5L, 6L, 7L, 8L);
    assertThat(
            ids(
                rows(orders)
                    .setStartingOffsets(OffsetsInitializer.timestamp(between))
                    .setBounded()))
        .containsExactlyInAnyOrder(5L, 6L, 7L, 8L);
    assertThat(ids(rows(orders).setBounded(OffsetsInitializer.timestamp(between))))
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    assertThat(ids(rows(orders).setBounded(OffsetsInitializer.offsets(Map.of(0, 1L, 1, 0L)))))
        .containsExactlyInAnyOrder(1L, 2L);
    assertThat(ids(rows(orders).setOption("scan.bounded.mode", "latest"))).hasSize(8);
  }

  @Test
  void anOffsetThatTheLogDoesNotHaveFailsTheJob() {
    assertThatThrownBy(
            () ->
                ids(
                    rows(orders)
                        .setStartingOffsets(OffsetsInitializer.offsets(Map.of(1, 3L)))
                        .setBounded()))
        .rootCause()
        .hasMessageContaining(
            "The read cannot begin in bucket "
                + orders.table().topic()
                + "-1 at offset 3: its log has the offsets from 0 to before 2.");
  }

  @Test
  void aReadFromASavepointGoesOnWithTheNextRow() throws Exception {
    try (LogTableFixture table =
        LogTableFixture.create(SharedKafka.kafka(), descriptor().build())) {
      // Given
      table.write(0, LongStream.range(0, 40_000).mapToObj(i -> row(i, "eu")).toList());
      FlussSource<RowData> source = rows(table).setBounded().build();
      JobClient job = job(new Configuration(), source, 50_000);
      Awaitility.await().until(() -> SEEN.size() > 3_000);

      // When
      String savepoint =
          job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
              .get();
      int seenBefore = SEEN.size();
      Configuration restored = new Configuration();
      restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      job(restored, source, 0).getJobExecutionResult().get();

      // Then
      assertThat(seenBefore).isBetween(3_000, 39_999);
      assertThat(List.copyOf(SEEN)).isEqualTo(LongStream.range(0, 40_000).boxed().toList());
    }
  }

  private static JobClient job(Configuration config, FlussSource<RowData> source, long nanos)
      throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(config);
    environment.setParallelism(1);
    environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), "orders")
        .uid("orders")
        .map(
            row -> {
              LockSupport.parkNanos(nanos);
              SEEN.add(row.getLong(0));
              return row.getLong(0);
            })
        .uid("map")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
    return environment.executeAsync();
  }

  // ----------------------------------------------------------------------------------- partitions

  @Test
  void partitionsAreChosenByTheirValuesAndBeginAtTheirOffsets() throws Exception {
    try (PartitionedTableFixture table =
        PartitionedTableFixture.create(
            SharedKafka.kafka(), descriptor().partitionKeys(List.of("region")).build())) {
      // Given
      table.append(0, row(1, "eu"), row(2, "us"), row(3, "us"));
      table.append(1, row(4, "us"));

      // When // Then
      assertThat(
              ids(
                  rows(table)
                      .setProjectedFields("order_id")
                      .setPartitionFilter(Map.of("region", "us"))
                      .setBounded()))
          .containsExactlyInAnyOrder(2L, 3L, 4L);
      assertThat(
              ids(
                  rows(table)
                      .setStartingOffsets(
                          OffsetsInitializer.partitionOffsets(
                              Map.of(PartitionName.of("us"), Map.of(0, 1L))))
                      .setBounded()))
          .containsExactlyInAnyOrder(1L, 3L, 4L);
      assertThat(
              collect(
                  FlussSourceTest.<String>of(table)
                      .setBounded()
                      .setFilter(Filter.equal("order_id", 4))
                      .setDeserializationSchema(new Partitions())
                      .build(),
                  s -> s))
          .containsExactly("region=us");
      assertThatThrownBy(
              () ->
                  rows(table)
                      .setStartingOffsets(OffsetsInitializer.offsets(Map.of(0, 0L)))
                      .setBounded(
                          OffsetsInitializer.partitionOffsets(
                              Map.of(PartitionName.of("us"), Map.of(2, 0L))))
                      .setPartitionFilter(Map.of("dt", "x"))
                      .build())
          .hasMessage(
              "Cannot build a FlussSource of table '"
                  + table.table().path()
                  + "':\n- setPartitionFilter: No partitions of table '"
                  + table.table().path()
                  + "' can be {dt=x}:\n- 'dt' is not a partition key; those are [region]."
                  + "\n- setStartingOffsets: table '"
                  + table.table().path()
                  + "' is partitioned by [region]. Use OffsetsInitializer.partitionOffsets(...)."
                  + "\n- setBounded: table '"
                  + table.table().path()
                  + "' has no bucket 2; its buckets are 0 to 1.");
    }
  }

  @Test
  void partitionsThatAreNotLookedForAgainAreAskedForWithAnyNumberBelowOne() throws Exception {
    assertThat(ids(rows(orders).setScanPartitionDiscoveryIntervalMs(-1).setBounded())).hasSize(8);
    assertThat(ids(rows(orders).setScanPartitionDiscoveryIntervalMs(0).setBounded())).hasSize(8);
  }

  private static final class Partitions implements FlussDeserializationSchema<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String deserialize(LogRecord record) {
      return record.partition();
    }

    @Override
    public TypeInformation<String> getProducedType(RowType rowType) {
      return Types.STRING;
    }
  }

  // ------------------------------------------------------------------------------------- problems

  @Test
  void allMissingSettingsAreNamedAtOnce() {
    assertThatThrownBy(
            () ->
                FlussSource.<RowData>builder()
                    .setOption("scan.startup.mod", "full")
                    .setOption("scan.parallelism", "2")
                    .setOption("clinet.rack", "a")
                    .build())
        .hasMessageStartingWith("Cannot build a FlussSource of table '?.?':")
        .hasMessageContaining("\n- setBootstrapServers is missing. Name the brokers")
        .hasMessageContaining("\n- setDatabase is missing.")
        .hasMessageContaining("\n- setTable is missing.")
        .hasMessageContaining(
            "\n- setDeserializationSchema is missing. There are RowDataDeserializationSchema,")
        .hasMessageContaining(
            "\n- setOption: 'scan.startup.mod' is not an option of reads. There are: [")
        .hasMessageContaining("\n- setOption: 'scan.parallelism' is for SQL. Call fromSource(...)")
        .hasMessageContaining("\n- setOption: 'clinet.rack' is unknown. Options begin with [")
        .hasMessageNotContaining("bootstrap.servers");
  }

  @Test
  void whatDoesNotGoWithTheTableIsNamedAtOnceWithTheChoices() {
    String table = orders.table().path().toString();
    assertThatThrownBy(
            () ->
                FlussSourceTest.<Order>of(orders)
                    .setProjectedFields("order_id", "amnt")
                    .setFilter(Filter.equal("regoin", "eu"))
                    .setFilter(Filter.equal("amount", "much"))
                    .setPartitionFilter(Map.of("region", "eu"))
                    .setStartingOffsets(OffsetsInitializer.timestamp(Long.MAX_VALUE))
                    .setBounded(OffsetsInitializer.earliest())
                    .setOption("scan.bounded.mode", "later")
                    .build())
        .hasMessageStartingWith("Cannot build a FlussSource of table '" + table + "':")
        .hasMessageContaining("\n- setDeserializationSchema is missing.")
        .hasMessageContaining("\n- setOption: 'scan.bounded.mode' = 'later' is not valid")
        .hasMessageContaining(
            "\n- setProjectedFields: table '"
                + table
                + "' has no columns [amnt]. Columns: [order_id, region, amount].")
        .hasMessageContaining(
            "\n- setFilter: There is no column 'regoin'. Columns: [order_id, region, amount].")
        .hasMessageContaining(
            "\n- setFilter: Column 'amount' is DECIMAL(10, 2) and cannot be compared with much"
                + " (String); it can with BigDecimal.")
        .hasMessageContaining(
            "\n- setPartitionFilter: table '" + table + "' is not partitioned. Use setFilter.")
        .hasMessageContaining("\n- setStartingOffsets: timestamp 9223372036854775807 is in the")
        .hasMessageContaining(
            "\n- setBounded: a read cannot end where the table begins. Valid: latest(),");
    assertThatThrownBy(
            () ->
                FlussSourceTest.<Order>of(orders)
                    .setProjectedFields("region", "order_id")
                    .setDeserializationSchema(PojoDeserializationSchema.of(Order.class))
                    .build())
        .hasMessageContaining("\n- setDeserializationSchema: Class " + Order.class.getName())
        .hasMessageContaining("Column 'region'")
        .hasMessageContaining("has no field in Order, which has [amount, orderId].");
  }

  @Test
  void whatIsWrongWithTheSchemaOrAFilterIsNamedBesideOtherProblems() {
    assertThatThrownBy(
            () ->
                FlussSourceTest.<Order>of(orders)
                    .setOption("scan.bounded.mode", "later")
                    .setProjectedFields("region", "order_id")
                    .setDeserializationSchema(PojoDeserializationSchema.of(Order.class))
                    .build())
        .hasMessageContaining("\n- setOption: 'scan.bounded.mode' = 'later' is not valid")
        .hasMessageContaining("\n- setDeserializationSchema: Class " + Order.class.getName());
  }

  @Test
  void settersThatAreGivenNullAreNamed() {
    assertThatThrownBy(
            () ->
                rows(orders)
                    .setProjectedFields((String[]) null)
                    .setStartingOffsets(null)
                    .setBounded(null)
                    .setFilter(null)
                    .setFilter(Filter.equal("region", "eu"))
                    .setPartitionFilter(null)
                    .setOptions(null)
                    .setOption("client.rack", null)
                    .build())
        .hasMessageContaining("\n- setProjectedFields: null was given.")
        .hasMessageContaining("\n- setStartingOffsets: null was given.")
        .hasMessageContaining("\n- setBounded: null was given.")
        .hasMessageContaining("\n- setFilter: null was given.")
        .hasMessageContaining("\n- setPartitionFilter: null was given.")
        .hasMessageContaining("\n- setOptions: null was given.")
        .hasMessageContaining("\n- setOption(\"client.rack\", null): null was given.");
  }

  /** Holds what cannot go to a task. */
  private static final class Unsendable implements FlussDeserializationSchema<String> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings({"serial", "unused"}) // as the test wants
    private final Object lock = new Object();

    @Override
    public String deserialize(LogRecord record) {
      return "";
    }

    @Override
    public TypeInformation<String> getProducedType(RowType rowType) {
      return Types.STRING;
    }
  }

  @Test
  void aSchemaThatCannotGoToTheTasksIsRefusedWhereTheSourceIsBuilt() {
    assertThatThrownBy(
            () ->
                FlussSourceTest.<String>of(orders)
                    .setDeserializationSchema(new Unsendable())
                    .build())
        .hasMessageContaining(
            "\n- setDeserializationSchema: "
                + Unsendable.class.getName()
                + " cannot go to the tasks, for it holds a java.lang.Object, which is not"
                + " serializable. Make it in open(), in a transient field.");
  }

  @Test
  void aTableThatIsNotThereIsToldWithThoseThatAre() {
    String database = orders.table().path().database();
    assertThatThrownBy(() -> rows(orders).setTable("ordrs").build())
        .hasMessageContaining(
            "\n- setTable: Table '"
                + database
                + ".ordrs' does not exist. Tables of the database: [t].");
    assertThatThrownBy(() -> rows(orders).setDatabase("nowhere").build())
        .hasMessageContaining("\n- setDatabase: Database 'nowhere' does not exist. Databases: [");
  }

  // -------------------------------------------------------------------------------------- lineage

  @Test
  void lineageNamesTheTableItsClusterAndItsColumns() {
    // Given
    FlussSource<RowData> source =
        rows(orders).setProjectedFields("order_id", "amount").setBounded().build();

    // When
    SourceLineageVertex vertex = (SourceLineageVertex) source.getLineageVertex();

    // Then
    assertThat(vertex.boundedness()).isEqualTo(Boundedness.BOUNDED);
    LineageDataset dataset = vertex.datasets().get(0);
    assertThat(dataset.namespace()).isEqualTo("fluss://" + orders.bootstrapServers());
    assertThat(dataset.name()).isEqualTo(orders.table().path().toString());
    assertThat(dataset.facets())
        .hasEntrySatisfying(
            TableDataset.SCHEMA_FACET,
            f ->
                assertThat(((SourceLineage.SchemaFacet) f).fields())
                    .isEqualTo(Map.of("order_id", "BIGINT NOT NULL", "amount", "DECIMAL(10, 2)")))
        .hasEntrySatisfying(
            TableDataset.TABLE_FACET,
            f -> assertThat(((TableFacet) f).table().topic()).isEqualTo(orders.table().topic()))
        .containsKey(TableDataset.TYPE_FACET);
  }

  // --------------------------------------------------------------------------------------- inside

  private static TableDescriptor.Builder descriptor() {
    TableDescriptor.Builder table = TableDescriptor.builder();
    TYPE.getFields().forEach(f -> table.column(f.getName(), f.getType()));
    return table.buckets(2);
  }

  private static RowData row(long id, String region) {
    return GenericRowData.of(
        id,
        StringData.fromString(region),
        DecimalData.fromBigDecimal(new BigDecimal(id + ".50"), 10, 2));
  }

  static <T> FlussSourceBuilder<T> of(TableFixture table) {
    return FlussSource.<T>builder()
        .setBootstrapServers(table.bootstrapServers())
        .setDatabase(table.table().path().database())
        .setTable(table.table().path().table());
  }

  static FlussSourceBuilder<RowData> rows(TableFixture table) {
    return FlussSourceTest.<RowData>of(table)
        .setDeserializationSchema(new RowDataDeserializationSchema());
  }

  static StreamExecutionEnvironment environment() {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    environment.setParallelism(2);
    return environment;
  }

  private static List<Long> ids(FlussSourceBuilder<RowData> source) throws Exception {
    return environment()
        .fromSource(source.build(), WatermarkStrategy.noWatermarks(), "orders")
        .map(row -> row.getLong(0))
        .executeAndCollect(100_000);
  }

  private interface ToText<T> extends MapFunction<T, String> {}

  private static <T> List<String> collect(FlussSource<T> source, ToText<T> text) throws Exception {
    return environment()
        .fromSource(source, WatermarkStrategy.noWatermarks(), "orders")
        .map(text)
        .returns(Types.STRING)
        .executeAndCollect(100_000);
  }
}
