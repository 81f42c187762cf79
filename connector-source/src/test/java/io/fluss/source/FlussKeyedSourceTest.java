package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableDescriptor;
import io.fluss.source.deserializer.FlussDeserializationSchema;
import io.fluss.source.deserializer.LogRecord;
import io.fluss.source.deserializer.PojoDeserializationSchema;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import io.fluss.typed.Filter;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Primary-key tables in the DataStream API. */
class FlussKeyedSourceTest {

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
                  DataTypes.FIELD("id", DataTypes.INT().notNull()),
                  DataTypes.FIELD("name", DataTypes.STRING()),
                  DataTypes.FIELD("city", DataTypes.STRING()))
              .getLogicalType();

  record Person(int id, String name) {}

  /** Kind, columns and offset of a change. */
  private static final class Changes implements FlussDeserializationSchema<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String deserialize(LogRecord record) {
      assertThat(record.timestamp()).isPositive();
      RowData row = record.row();
      return record.changeType().shortString()
          + " "
          + row.getInt(0)
          + " "
          + (row.isNullAt(1) ? null : row.getString(1))
          + " @"
          + record.offset();
    }

    @Override
    public TypeInformation<String> getProducedType(RowType rowType) {
      return Types.STRING;
    }
  }

  @Test
  void aReadThatEndsTellsTheRowsAndAnEndlessOneTheChanges() throws Exception {
    try (KeyedTableFixture table = table(Map.of())) {
      // Given
      table.upsert(row(1, "ann"), row(2, "bob"), row(1, "anna"));
      table.delete(row(2, null));
      table.upsert(row(3, "cid"));

      // When // Then
      assertThat(collect(changes(table).setBounded().build(), 100))
          .containsExactlyInAnyOrder("+I 1 anna @2", "+I 3 cid @4");
      assertThat(collect(changes(table).build(), 5))
          .containsExactly(
              "+U 1 ann @0", "+U 2 bob @1", "+U 1 anna @2", "-D 2 null @3", "+U 3 cid @4");
      assertThat(
              changes(table)
                  .changelog(FlussSourceTest.environment(), "people")
                  .executeAndCollect(6))
          .containsExactlyInAnyOrder(
              "+I 1 ann @0",
              "+I 2 bob @1",
              "-U 1 ann @0",
              "+U 1 anna @2",
              "-D 2 bob @1",
              "+I 3 cid @4");
    }
  }

  @Test
  void partialUpdatesArePutTogetherByAChangelogOnly() throws Exception {
    try (KeyedTableFixture table = table(Map.of())) {
      // Given
      int names = table.registerColumnSet("name");
      table.upsert(row(1, "ann"));
      table.update(names, row(1, "anna"));

      // When // Then
      assertThatThrownBy(() -> changes(table).build())
          .hasMessage(
              "Cannot build a FlussSource of table '"
                  + table.table().path()
                  + "':\n- build: table '"
                  + table.table().path()
                  + "' is written by partial updates, so that its rows have to"
                  + " be put together, with state. Use changelog(environment, name) in place of"
                  + " build(), or setBounded().");
      assertThat(collect(changes(table).setBounded().build(), 100)).containsExactly("+I 1 anna @1");
      assertThat(
              changes(table)
                  .changelog(FlussSourceTest.environment(), "people")
                  .executeAndCollect(3))
          .containsExactly("+I 1 ann @0", "-U 1 ann @0", "+U 1 anna @1");
    }
  }

  @Test
  void aFilterOfOtherColumnsThanTheKeyNeedsOldRows() throws Exception {
    try (KeyedTableFixture table = table(Map.of())) {
      // Given
      table.upsert(row(1, "ann"), row(2, "bob"), row(1, "zoe"), row(2, "bo"));
      Filter filter = Filter.less("name", "m");

      // When // Then
      assertThatThrownBy(() -> changes(table).setFilter(filter).build())
          .hasMessageContaining(
              "setFilter: the filter name < 'm' is about other columns than the primary key [id]");
      assertThat(collect(changes(table).setFilter(filter).setBounded().build(), 100))
          .containsExactly("+I 2 bo @3");
      assertThat(
              changes(table)
                  .setFilter(filter)
                  .setProjectedFields("id", "name")
                  .changelog(FlussSourceTest.environment(), "people")
                  .executeAndCollect(5))
          .containsExactly(
              "+I 1 ann @0", "+I 2 bob @1", "-U 1 ann @0", "-U 2 bob @1", "+U 2 bo @3");
      assertThat(collect(changes(table).setFilter(Filter.equal("id", 2)).build(), 2))
          .containsExactly("+U 2 bob @1", "+U 2 bo @3");
    }
  }

  @Test
  void objectsDoNotHideADelete() throws Exception {
    try (KeyedTableFixture table = table(Map.of())) {
      // Given
      table.upsert(row(1, "ann"));
      table.delete(row(1, null));
      table.upsert(row(2, "bob"));
      PojoDeserializationSchema<Person> people = PojoDeserializationSchema.of(Person.class);

      // When // Then
      assertThat(
              stream(
                      FlussSourceTest.<Person>of(table)
                          .setProjectedFields("id", "name")
                          .setDeserializationSchema(people.upsertsOnly())
                          .build())
                  .executeAndCollect(2))
          .containsExactly(new Person(1, "ann"), new Person(2, "bob"));
      assertThatThrownBy(
              () ->
                  stream(
                          FlussSourceTest.<Person>of(table)
                              .setProjectedFields("id", "name")
                              .setDeserializationSchema(people)
                              .build())
                      .executeAndCollect(2))
          .rootCause()
          .hasMessageContaining(
              "A row was deleted or replaced (-D), and an object of Person cannot say so.");
    }
  }

  @Test
  void theLakeIsReadBeforeTheLog() throws Exception {
    try (KeyedTableFixture table =
            table(Map.of("table.datalake.enabled", "true", "table.datalake.format", "memory"));
        LakeContent lake = new LakeContent(table.table())) {
      // Given: the first two records are in the lake, and there is a newer row in it than in the
      // log
      table.upsert(row(1, "log"), row(2, "log"));
      lake.upsert(null, 0, 0, row(1, "lake"), row(2, "lake")).commit(2L);
      LakeContent.isTieredTo(table.tables(), table.table(), 2L);
      table.upsert(row(2, "bob"));
      String[] where = LakeContent.options(table.table());

      // When // Then
      assertThatThrownBy(() -> changes(table).setBounded().build())
          .hasMessageContaining(
              "\n- setStartingOffsets: full() reads table '"
                  + table.table().path()
                  + "' from its lake of format 'memory' too, and nothing says where that is. Call"
                  + " setOption(\"datalake.memory.warehouse\", ...)");
      assertThat(collect(changes(table).setOption(where[0], where[1]).setBounded().build(), 100))
          .containsExactlyInAnyOrder("+I 1 lake @0", "+I 2 bob @2");
      assertThat(collect(changes(table).setOption(where[0], where[1]).build(), 3))
          .containsExactly("+I 1 lake @0", "+I 2 lake @1", "+U 2 bob @2");
      assertThat(
              collect(
                  changes(table)
                      .setStartingOffsets(OffsetsInitializer.earliest())
                      .setBounded()
                      .build(),
                  100))
          .containsExactlyInAnyOrder("+I 1 log @0", "+I 2 bob @2");
    }
  }

  // --------------------------------------------------------------------------------------- inside

  private static KeyedTableFixture table(Map<String, String> options) {
    TableDescriptor.Builder table = Descriptors.of(TYPE, "id").buckets(1);
    return KeyedTableFixture.create(SharedKafka.kafka(), "t", table.options(options).build());
  }

  private static RowData row(int id, String name) {
    return GenericRowData.of(id, StringData.fromString(name), null);
  }

  private static FlussSourceBuilder<String> changes(KeyedTableFixture table) {
    return FlussSourceTest.<String>of(table).setDeserializationSchema(new Changes());
  }

  private static <T> DataStream<T> stream(FlussSource<T> source) {
    StreamExecutionEnvironment environment = FlussSourceTest.environment();
    environment.setParallelism(1);
    return environment.fromSource(source, WatermarkStrategy.noWatermarks(), "people");
  }

  private static List<String> collect(FlussSource<String> source, int rows) throws Exception {
    return stream(source).executeAndCollect(rows);
  }
}
