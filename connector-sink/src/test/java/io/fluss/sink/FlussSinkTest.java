package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.lineage.TableDataset;
import io.fluss.sink.serializer.FlussSerializationSchema;
import io.fluss.sink.serializer.JsonStringSerializationSchema;
import io.fluss.sink.serializer.OperationType;
import io.fluss.sink.serializer.PojoSerializationSchema;
import io.fluss.sink.serializer.RowDataSerializationSchema;
import io.fluss.sink.serializer.RowWithOp;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables written in the DataStream API. */
class FlussSinkTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final TypeInformation<RowData> ROW = TestTable.rowTypeInfo();

  /** What a job has failed on its way, which it does once. */
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  record Event(Long id, String text) {}

  record Person(long id, String name) {}

  // ---------------------------------------------------------------------------------- round trips

  @Test
  void rowsOfEachBucketGoToOneTaskInTheirOrder() throws Exception {
    // Given
    TestTable table = log(4, List.of("id"));
    StreamExecutionEnvironment environment = environment(new Configuration());

    // When: from one task to four, so that only a shuffle keeps the buckets apart
    environment
        .fromData(LongStream.range(0, 2_000).mapToObj(i -> TestTable.row(i % 100)).toList(), ROW)
        .setParallelism(1)
        .sinkTo(rows(table).build())
        .setParallelism(4);
    environment.execute();

    // Then
    Map<Long, List<Long>> buckets = table.idsByBucket();
    assertThat(buckets.values().stream().mapToInt(List::size).sum()).isEqualTo(2_000);
    assertThat(buckets.values())
        .allSatisfy(
            ids -> {
              List<Long> distinct = ids.stream().distinct().toList();
              assertThat(ids).hasSize(distinct.size() * 20);
              assertThat(ids.subList(0, distinct.size())).isEqualTo(distinct).isSorted();
            });
  }

  @Test
  void objectsAndJsonAreAppended() throws Exception {
    // Given
    TestTable table = log(2, List.of());
    StreamExecutionEnvironment environment = environment(new Configuration());

    // When
    environment
        .fromData(new Event(1L, "one"), new Event(2L, null))
        .sinkTo(
            FlussSinkTest.<Event>of(table)
                .setSerializationSchema(PojoSerializationSchema.of(Event.class))
                .build());
    environment
        .fromData("{\"id\":3,\"text\":\"three\"}", "{\"id\":4}")
        .sinkTo(
            FlussSinkTest.<String>of(table)
                .setSerializationSchema(new JsonStringSerializationSchema())
                .setDistributionMode(DistributionMode.NONE)
                .build());
    environment.execute();

    // Then
    assertThat(table.committedIds()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
  }

  @Test
  void changesBecomeRowsAndPartialUpdatesLeaveOtherColumns() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(2);
    StreamExecutionEnvironment environment = environment(new Configuration());
    environment
        .fromData(
            List.of(
                change(RowKind.INSERT, 1, "one", 10),
                change(RowKind.INSERT, 2, "two", 20),
                change(RowKind.UPDATE_BEFORE, 1, "one", 10),
                change(RowKind.UPDATE_AFTER, 1, "uno", 11),
                change(RowKind.DELETE, 2, null, null)),
            KeyedTestTable.rowTypeInfo())
        .setParallelism(1)
        .sinkTo(
            FlussSinkTest.<RowData>of(table)
                .setSerializationSchema(new RowDataSerializationSchema())
                .build());
    environment.execute();

    // When
    StreamExecutionEnvironment partial = environment(new Configuration());
    partial
        .fromData(new Person(1, "eins"), new Person(3, "drei"))
        .sinkTo(
            FlussSinkTest.<Person>of(table)
                .setSerializationSchema(PojoSerializationSchema.of(Person.class))
                .setPartialUpdateColumns("id", "name")
                .build());
    partial.execute();

    // Then
    assertThat(table.rows()).containsExactlyInAnyOrder("1, eins, 11, null", "3, drei, null, null");
  }

  record Row(long id, String name, Integer amount, String note) {}

  @Test
  void anObjectCanSayThatItsRowIsDeleted() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(2);
    StreamExecutionEnvironment environment = environment(new Configuration());

    // When
    environment
        .fromData(
            new Row(1, "one", 1, null), new Row(2, "two", null, null), new Row(1, null, null, null))
        .setParallelism(1)
        .sinkTo(
            FlussSinkTest.<Row>of(table)
                .setSerializationSchema(
                    PojoSerializationSchema.of(Row.class)
                        .withOperation(
                            r -> r.name() == null ? OperationType.DELETE : OperationType.UPSERT))
                .build());
    environment.execute();

    // Then
    assertThat(table.rows()).containsExactly("2, two, null, null");
  }

  @Test
  void exactlyOnceEachRowIsThereOnceAfterAFailure() throws Exception {
    // Given
    TestTable table = log(2, List.of("id"));

    // When
    failOnce(
        TestTable::row,
        ROW,
        rows(table)
            .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
            .setTransactionalIdPrefix("fluss." + table.info().topic() + ".test")
            .build());

    // Then
    assertThat(FAILED).isTrue();
    assertThat(table.idsOfEndedJobs())
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 2_000).boxed().toList());
  }

  @Test
  void exactlyOnceEachChangeIsThereOnceAfterAFailure() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(2);

    // When
    failOnce(
        KeyedTestTable::row,
        KeyedTestTable.rowTypeInfo(),
        FlussSinkTest.<RowData>of(table)
            .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
            .setSerializationSchema(new RowDataSerializationSchema())
            .build());

    // Then
    assertThat(FAILED).isTrue();
    assertThat(table.rows()).isEqualTo(KeyedTestTable.rowsUpTo(2_000));
    assertThat(table.records()).hasSize(2_000);
  }

  /** Writes rows 0 to 1999; the job fails once among them. */
  private static void failOnce(
      GeneratorFunction<Long, RowData> rows, TypeInformation<RowData> type, FlussSink<RowData> sink)
      throws Exception {
    FAILED.set(false);
    StreamExecutionEnvironment environment = environment(Jobs.restarting());
    environment
        .fromSource(
            new DataGeneratorSource<>(rows, 2_000, RateLimiterStrategy.perSecond(2_000), type),
            WatermarkStrategy.noWatermarks(),
            "rows")
        .map(
            row -> {
              if (row.getLong(0) == 1_500 && !FAILED.getAndSet(true)) {
                throw new IllegalStateException("as the test wants");
              }
              return row;
            })
        .returns(type)
        .sinkTo(sink);
    environment.execute();
  }

  @Test
  void whatCannotBeDoneToATableFailsTheJobWithWhatCan() {
    // Given
    TestTable table = log(1, List.of());
    StreamExecutionEnvironment environment = environment(failing());

    // When
    environment
        .fromData(List.of(change(RowKind.DELETE, TestTable.row(1))), ROW)
        .sinkTo(rows(table).build());

    // Then
    assertThatThrownBy(environment::execute)
        .rootCause()
        .hasMessage(
            "Table '"
                + table.info().path()
                + "' is a log table, to which DELETE cannot be done; APPEND and IGNORE can. To"
                + " write a changelog's new rows and drop its deletes, set option"
                + " 'sink.ignore-delete' = 'true'.");
  }

  @Test
  void aChangelogGoesIntoALogTableWhereDeletesAreIgnored() throws Exception {
    // Given
    TestTable table = log(1, List.of());
    StreamExecutionEnvironment environment = environment(failing());

    // When
    environment
        .fromData(
            List.of(
                TestTable.row(1),
                change(RowKind.UPDATE_BEFORE, TestTable.row(1)),
                change(RowKind.UPDATE_AFTER, TestTable.row(2)),
                change(RowKind.DELETE, TestTable.row(2))),
            ROW)
        .setParallelism(1)
        .sinkTo(rows(table).setOption("sink.ignore-delete", "true").build());
    environment.execute();

    // Then
    assertThat(table.committedIds()).containsExactly(1L, 2L);
  }

  /** Leaves out odd rows. */
  private static final class Even implements FlussSerializationSchema<Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public RowWithOp serialize(Long id) {
      return new RowWithOp(
          TestTable.row(id), id % 2 == 0 ? OperationType.APPEND : OperationType.IGNORE);
    }
  }

  @Test
  void aSchemaOfTheUsersMayLeaveValuesOut() throws Exception {
    // Given
    TestTable table = log(2, List.of("id"));
    StreamExecutionEnvironment environment = environment(new Configuration());

    // When
    environment
        .fromSequence(1, 6)
        .sinkTo(FlussSinkTest.<Long>of(table).setSerializationSchema(new Even()).build());
    environment.execute();

    // Then
    assertThat(table.committedIds()).containsExactlyInAnyOrder(2L, 4L, 6L);
  }

  // ------------------------------------------------------------------------------------- problems

  @Test
  void allMissingAndWrongSettingsAreNamedAtOnce() {
    assertThatThrownBy(
            () ->
                FlussSink.<RowData>builder()
                    .setOption("sink.paralelism", "2")
                    .setOption("sink.parallelism", "2")
                    .setDeliveryGuarantee(DeliveryGuarantee.NONE)
                    .build())
        .hasMessageStartingWith("Cannot build a FlussSink of table '?.?':")
        .hasMessageContaining("\n- setBootstrapServers is missing.")
        .hasMessageContaining("\n- setDatabase is missing.")
        .hasMessageContaining("\n- setTable is missing.")
        .hasMessageContaining("\n- setSerializationSchema is missing. There are RowData")
        .hasMessageContaining("\n- setDeliveryGuarantee: NONE is not offered. Valid: AT_LEAST_ONCE")
        .hasMessageContaining("\n- setOption: Option 'sink.paralelism' is unknown. Known: [")
        .hasMessageContaining("\n- setOption: 'sink.parallelism' is for SQL. Call stream.sinkTo");
  }

  @Test
  void problemsWithOptionsNameTheSetterAndDoNotHideThoseOfTheSchema() {
    KeyedTestTable keyed = KeyedTestTable.create(1);
    assertThatThrownBy(
            () ->
                FlussSinkTest.<Person>of(keyed)
                    .setTransactionalIdPrefix("")
                    .setOption("client.writer.batch-size", "many")
                    .setSerializationSchema(PojoSerializationSchema.of(Person.class))
                    .build())
        .hasMessageContaining("\n- setTransactionalIdPrefix: ")
        .hasMessageContaining("\n- setOption: Option 'client.writer.batch-size' is 'many'")
        .hasMessageContaining("\n- setSerializationSchema: Class " + Person.class.getName());
  }

  @Test
  void settersThatAreGivenNullAreNamed() {
    TestTable log = log(1, List.of());
    assertThatThrownBy(
            () ->
                rows(log)
                    .setDistributionMode(null)
                    .setDeliveryGuarantee(null)
                    .setPartialUpdateColumns((String[]) null)
                    .setTransactionalIdPrefix(null)
                    .setOptions(null)
                    .build())
        .hasMessageContaining("\n- setDistributionMode: null was given.")
        .hasMessageContaining("\n- setDeliveryGuarantee: null was given.")
        .hasMessageContaining("\n- setPartialUpdateColumns: null was given.")
        .hasMessageContaining("\n- setTransactionalIdPrefix: null was given.")
        .hasMessageContaining("\n- setOptions: null was given.");
  }

  @Test
  void partialUpdatesNeedAPrimaryKeyAndItsColumns() {
    TestTable log = log(1, List.of());
    KeyedTestTable keyed = KeyedTestTable.create(1);
    assertThatThrownBy(() -> rows(log).setPartialUpdateColumns("id").build())
        .hasMessageContaining(
            "\n- setPartialUpdateColumns: table '"
                + log.info().path()
                + "' is a log table, whose rows stay as they are.");
    assertThatThrownBy(
            () ->
                FlussSinkTest.<RowData>of(keyed)
                    .setPartialUpdateColumns("txt", "name")
                    .setSerializationSchema(new RowDataSerializationSchema())
                    .build())
        .hasMessageContaining(
            "\n- setPartialUpdateColumns: table '"
                + keyed.info().path()
                + "' has no columns [txt]. Columns: [id, name, amount, note].")
        .hasMessageContaining(
            "\n- setPartialUpdateColumns: Columns [id] are of the primary key, which says which row"
                + " is meant. Name them too.");
    assertThatThrownBy(
            () ->
                FlussSinkTest.<Person>of(keyed)
                    .setSerializationSchema(PojoSerializationSchema.of(Person.class))
                    .build())
        .hasMessageContaining("\n- setSerializationSchema: Class " + Person.class.getName())
        .hasMessageContaining("Column 'amount' (INT) has no field in Person");
  }

  // -------------------------------------------------------------------------------------- lineage

  @Test
  void lineageNamesTheTableItsClusterAndItsColumns() {
    // Given
    TestTable table = log(1, List.of());

    // When
    LineageDataset dataset = rows(table).build().getLineageVertex().datasets().get(0);

    // Then
    assertThat(dataset.namespace()).isEqualTo("fluss://" + table.kafka().bootstrapServers());
    assertThat(dataset.name()).isEqualTo(table.info().path().toString());
    assertThat(((SinkLineage.SchemaFacet) dataset.facets().get(TableDataset.SCHEMA_FACET)).fields())
        .isEqualTo(Map.of("id", "BIGINT", "text", "VARCHAR(2147483647)"));
  }

  // --------------------------------------------------------------------------------------- inside

  private static StreamExecutionEnvironment environment(Configuration config) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(config);
    environment.setParallelism(2);
    return environment;
  }

  private static Configuration failing() {
    Configuration config = new Configuration();
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return config;
  }

  private static RowData change(RowKind kind, RowData row) {
    row.setRowKind(kind);
    return row;
  }

  private static RowData change(RowKind kind, long id, String name, Integer amount) {
    return change(kind, GenericRowData.of(id, StringData.fromString(name), amount, null));
  }

  /** The table of {@link TestTable}, which is recorded. */
  private static TestTable log(int buckets, List<String> bucketKey) {
    TableDescriptor.Builder table =
        TableDescriptor.builder()
            .column("id", new BigIntType())
            .column("text", VarCharType.STRING_TYPE)
            .buckets(buckets);
    if (!bucketKey.isEmpty()) {
      table.bucketKey(bucketKey.toArray(String[]::new));
    }
    return new TestTable(SharedKafka.kafka(), create(table));
  }

  private static TableInfo create(TableDescriptor.Builder descriptor) {
    String database = SharedKafka.uniqueDatabase();
    try (TableAdmin tables =
        TableAdmin.connect(new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of()))) {
      tables.createDatabase(database, null, Map.of());
      return tables.createTable(TablePath.of(database, "events"), descriptor.build());
    }
  }

  private static <T> FlussSinkBuilder<T> of(TestTable table) {
    return FlussSinkTest.<T>of(table.info());
  }

  private static <T> FlussSinkBuilder<T> of(KeyedTestTable table) {
    return FlussSinkTest.<T>of(table.info());
  }

  private static <T> FlussSinkBuilder<T> of(TableInfo table) {
    return FlussSink.<T>builder()
        .setBootstrapServers(SharedKafka.kafka().bootstrapServers())
        .setDatabase(table.path().database())
        .setTable(table.path().table());
  }

  private static FlussSinkBuilder<RowData> rows(TestTable table) {
    return FlussSinkTest.<RowData>of(table)
        .setSerializationSchema(new RowDataSerializationSchema());
  }
}
