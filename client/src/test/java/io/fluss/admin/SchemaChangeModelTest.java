package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fluss.FlussException;
import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.ArrowCompression;
import io.fluss.format.arrow.BufferPool;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BodyKind;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.RowEncoder;
import io.fluss.format.schema.TypeWidening;
import io.fluss.merge.MergeFunction;
import io.fluss.metadata.TableInfoJson;
import io.fluss.read.BatchRows;
import io.fluss.read.KeyedProjections;
import io.fluss.read.LogRecordDecoder;
import io.fluss.read.Selection;
import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaHistory;
import io.fluss.table.SchemaVersion;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Columns change at random while writers that were opened at any time go on; then readers of every
 * schema version that there ever was read all of it, and see what a model says: each column of a
 * row is what was written under its field id, null where the writer did not have it.
 *
 * <p>A reader that was planned before the row was written may have to refuse it, where a value does
 * not fit or is missing; then the model says so too.
 */
class SchemaChangeModelTest {

  private static final TablePath PATH = TablePath.of("shop", "orders");
  private static final int STEPS = 160;

  /**
   * What the model has of a row: values by field id, and what a writer knew of the columns.
   *
   * @param covered field ids of columns that some writer has written, be it with null
   */
  private record Written(
      SchemaVersion schema, Map<Integer, Object> values, Predicate<Integer> covered) {}

  static IntStream seeds() {
    return IntStream.range(0, 12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readersOfEveryVersionOfALogTableSeeWhatTheModelSays(int seed) {
    // Given
    Random random = new Random(seed);
    List<TableInfo> versions = new ArrayList<>(List.of(table(false)));
    List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
    List<Written> model = new ArrayList<>();

    // When
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(5) == 0) {
        alter(versions, random);
      } else {
        TableInfo writer = versions.get(random.nextInt(versions.size()));
        Written row = row(writer.currentSchema(), random, false);
        model.add(row);
        log.add(batch(writer.currentSchema(), toRow(row), log.size()));
      }
    }

    // Then
    TableInfo newest = versions.get(versions.size() - 1);
    assertThat(versions).as("the test changes columns").hasSizeGreaterThan(10);
    for (TableInfo planned : versions) {
      LogRecordDecoder decoder =
          LogRecordDecoder.of(planned, SchemaHistory.of(newest), all(planned), null);
      for (int i = 0; i < log.size(); i++) {
        ConsumerRecord<byte[], byte[]> record = log.get(i);
        same(
            planned,
            model.get(i),
            () -> {
              BatchRows rows = decoder.decode(record).rows();
              return rows.row(0);
            });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void foldsOfEveryVersionOfAPrimaryKeyTableSeeWhatTheModelSays(int seed) {
    // Given
    Random random = new Random(100 + seed);
    List<TableInfo> versions = new ArrayList<>(List.of(table(true)));
    List<byte[][]> log = new ArrayList<>();
    List<Integer> sets = new ArrayList<>();
    Map<Integer, List<Integer>> records = new TreeMap<>();
    List<Written> model = new ArrayList<>();

    // When
    for (int step = 0; step < STEPS; step++) {
      int action = random.nextInt(10);
      if (action < 2) {
        alter(versions, random);
      } else if (action == 2) {
        registerColumnSet(versions, random);
      } else {
        TableInfo writer = versions.get(random.nextInt(versions.size()));
        Written row = row(writer.currentSchema(), random, true);
        List<ColumnSet> known = writer.columnSets();
        ColumnSet set =
            known.isEmpty() || random.nextBoolean()
                ? null
                : known.get(random.nextInt(known.size()));
        KeyedSchema schema = KeyedSchema.of(writer);
        RowEncoder values = set == null ? schema.rowEncoder() : schema.rowEncoder(set.fieldIds());
        byte[] key = schema.keyEncoder().encode(toRow(row), 0);
        records
            .computeIfAbsent((Integer) row.values.get(0), k -> new ArrayList<>())
            .add(log.size());
        log.add(new byte[][] {key, values.encode(toRow(row))});
        sets.add(set == null ? 0 : set.id());
        model.add(row);
      }
    }

    // Then
    TableInfo newest = versions.get(versions.size() - 1);
    for (TableInfo planned : versions) {
      TableInfo reader = withAllSets(planned, newest);
      MergeFunction merge = MergeFunction.of(reader, SchemaHistory.of(newest));
      KeyedProjections projections =
          KeyedProjections.of(reader, SchemaHistory.of(newest), all(reader));
      records.forEach(
          (key, offsets) ->
              same(
                  reader,
                  fold(offsets, sets, model, newest),
                  () -> {
                    byte[] state = null;
                    for (int offset : offsets) {
                      state = merge.merge(state, sets.get(offset), log.get(offset)[1]);
                    }
                    byte[] row = merge.row(state);
                    return projections.of(row).row(log.get(offsets.get(0))[0], row);
                  }));
    }
  }

  // --------------------------------------------------------------------------------- the model

  /** Each column has what the last record that covers it said, or null. */
  private static Written fold(
      List<Integer> offsets, List<Integer> sets, List<Written> model, TableInfo newest) {
    Map<Integer, Object> values = new HashMap<>();
    List<Field> fields = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    Set<Integer> written = new HashSet<>();
    for (int offset : offsets) {
      Written row = model.get(offset);
      int set = sets.get(offset);
      List<Integer> covered = set == 0 ? null : newest.columnSet(set).orElseThrow().fieldIds();
      values.keySet().removeIf(id -> covered == null || covered.contains(id));
      IntStream.range(0, newest.nextFieldId())
          .filter(id -> covered == null || covered.contains(id))
          .forEach(written::add);
      row.values.forEach(
          (id, value) -> {
            if (id == 0 || covered == null || covered.contains(id)) {
              values.put(id, value);
            }
          });
      row.schema.fields().stream()
          .filter(f -> seen.add(f.fieldId()))
          .map(f -> new Field(f.fieldId(), f.name(), f.type().copy(true)))
          .forEach(fields::add);
    }
    return new Written(new SchemaVersion(1, fields), values, written::contains);
  }

  @FunctionalInterface
  private interface Reading {
    RowData row();
  }

  private static void same(TableInfo planned, Written written, Reading reading) {
    List<Object> expected = new ArrayList<>();
    boolean refused = false;
    for (Field field : planned.currentSchema().fields()) {
      Object value = written.values.get(field.fieldId());
      Object converted = value == null ? null : convert(value, field.type());
      refused |= value != null && converted == null;
      refused |=
          value == null && !field.type().isNullable() && written.covered.test(field.fieldId());
      expected.add(converted);
    }
    List<Object> found = new ArrayList<>();
    Throwable failure = catchThrowable(() -> found.addAll(values(planned, reading.row())));
    if (refused) {
      assertThat(failure)
          .as("%s as %s", written, planned.currentSchema())
          .isInstanceOf(FlussException.class)
          .hasMessageContaining("tart ");
    } else {
      assertThat(failure).as("%s as %s", written, planned.currentSchema()).isNull();
      assertThat(found).isEqualTo(expected);
    }
  }

  /** Null where the value is not one of the type. */
  @Nullable
  private static Object convert(Object value, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case SMALLINT ->
          fits(value, (long) ((Number) value).shortValue()) ? ((Number) value).shortValue() : null;
      case INTEGER ->
          fits(value, (long) ((Number) value).intValue()) ? ((Number) value).intValue() : null;
      case BIGINT -> ((Number) value).longValue();
      case FLOAT ->
          ((Number) value).floatValue() == ((Number) value).doubleValue()
              ? ((Number) value).floatValue()
              : null;
      case DOUBLE -> ((Number) value).doubleValue();
      case DECIMAL -> {
        DecimalType decimal = (DecimalType) type;
        yield DecimalData.fromBigDecimal(
            ((DecimalData) value).toBigDecimal(), decimal.getPrecision(), decimal.getScale());
      }
      default -> value;
    };
  }

  private static boolean fits(Object value, long narrow) {
    return ((Number) value).longValue() == narrow;
  }

  // -------------------------------------------------------------------------------- what is done

  private static void alter(List<TableInfo> versions, Random random) {
    TableInfo now = versions.get(versions.size() - 1);
    List<Field> fields = now.currentSchema().fields();
    Field any = fields.get(random.nextInt(fields.size()));
    SchemaChange change =
        switch (random.nextInt(6)) {
          case 0, 1 ->
              new SchemaChange.Add(
                  new io.fluss.table.Column.Physical(
                      -1, "c" + now.nextFieldId(), type(random), null),
                  random.nextBoolean()
                      ? SchemaChange.Position.first()
                      : SchemaChange.Position.after(any.name()));
          case 2 -> SchemaChange.drop(any.name());
          case 3 -> SchemaChange.rename(any.name(), "r" + random.nextInt(1000));
          case 4 -> SchemaChange.changeType(any.name(), wider(any.type(), random));
          default -> new SchemaChange.Move(any.name(), SchemaChange.Position.first());
        };
    try {
      TableInfo altered = TableAlteration.of(change).applyTo(now, TableRules.standard());
      if (altered.schemaVersion() > now.schemaVersion()) {
        versions.add(TableInfoJson.read(PATH, TableInfoJson.write(altered)));
      }
    } catch (InvalidTableException e) {
      assertThat(e.getMessage())
          .containsAnyOf(
              "Column '" + any.name() + "' cannot",
              "A table needs at least one column that is stored.");
    }
  }

  private static void registerColumnSet(List<TableInfo> versions, Random random) {
    TableInfo now = versions.get(versions.size() - 1);
    List<Integer> some =
        now.valueFields().stream()
            .map(Field::fieldId)
            .filter(id -> random.nextBoolean())
            .sorted()
            .toList();
    if (!some.isEmpty() && now.columnSetOf(some).isEmpty() && now.columnSets().size() < 5) {
      int id = now.columnSets().size() + 1;
      versions.set(versions.size() - 1, now.withColumnSet(new ColumnSet(id, some)));
    }
  }

  private static TableInfo withAllSets(TableInfo planned, TableInfo newest) {
    TableInfo all = planned;
    for (ColumnSet set : newest.columnSets()) {
      all = all.columnSet(set.id()).isPresent() ? all : all.withColumnSet(set);
    }
    return all;
  }

  private static LogicalType type(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new SmallIntType();
      case 1 -> new IntType();
      case 2 -> new FloatType();
      case 3 -> new DecimalType(5, 2);
      default -> new VarCharType(10);
    };
  }

  private static LogicalType wider(LogicalType type, Random random) {
    LogicalType wider =
        switch (type.getTypeRoot()) {
          case SMALLINT -> random.nextBoolean() ? new IntType() : new BigIntType();
          case INTEGER -> new BigIntType();
          case FLOAT -> new DoubleType();
          case DECIMAL -> new DecimalType(5 + random.nextInt(30), 2);
          case VARCHAR -> new VarCharType(20);
          default -> type;
        };
    return TypeWidening.widens(type, wider) ? wider.copy(true) : type.copy(true);
  }

  private static Written row(SchemaVersion schema, Random random, boolean keyed) {
    Map<Integer, Object> values = new HashMap<>();
    for (Field field : schema.fields()) {
      if (keyed && field.fieldId() == 0) {
        values.put(0, random.nextInt(8));
      } else if (!field.type().isNullable() || random.nextInt(4) > 0) {
        values.put(field.fieldId(), value(field.type(), random));
      }
    }
    return new Written(schema, values, id -> true);
  }

  private static Object value(LogicalType type, Random random) {
    boolean large = random.nextInt(4) == 0;
    return switch (type.getTypeRoot()) {
      case SMALLINT -> (short) random.nextInt(1 << 15);
      case INTEGER -> large ? random.nextInt() : random.nextInt(100);
      case BIGINT -> large ? random.nextLong() : (long) random.nextInt(100);
      case FLOAT -> random.nextFloat();
      case DOUBLE -> large ? random.nextDouble() : (double) random.nextFloat();
      case DECIMAL -> {
        DecimalType decimal = (DecimalType) type;
        BigDecimal number =
            BigDecimal.valueOf(
                random.nextInt(large && decimal.getPrecision() > 9 ? 1 << 30 : 9999), 2);
        yield DecimalData.fromBigDecimal(number, decimal.getPrecision(), 2);
      }
      default -> StringData.fromString("s" + random.nextInt(100));
    };
  }

  // -------------------------------------------------------------------------------- rows, records

  private static List<Object> values(TableInfo table, RowData row) {
    List<Field> fields = table.currentSchema().fields();
    assertThat(row.getArity()).isEqualTo(fields.size());
    return IntStream.range(0, fields.size())
        .mapToObj(
            i -> RowData.createFieldGetter(fields.get(i).type().copy(true), i).getFieldOrNull(row))
        .map(v -> v instanceof StringData s ? StringData.fromString(s.toString()) : v)
        .toList();
  }

  private static GenericRowData toRow(Written written) {
    return GenericRowData.of(
        written.schema.fields().stream().map(f -> written.values.get(f.fieldId())).toArray());
  }

  private static Selection.Fields all(TableInfo table) {
    return (Selection.Fields) Selection.all(table.rowType());
  }

  private static ConsumerRecord<byte[], byte[]> batch(
      SchemaVersion schema, RowData row, long offset) {
    try (ArrowBatchEncoder encoder =
        new ArrowBatchEncoder(schema.rowType(), ArrowCompression.none(), new BufferPool())) {
      encoder.append(row);
      ConsumerRecord<byte[], byte[]> record =
          new ConsumerRecord<>("shop.orders", 0, offset, null, encoder.encode());
      record
          .headers()
          .add(BatchHeader.KEY, BatchHeader.of(schema.version(), 1, BodyKind.ARROW).toBytes());
      return record;
    }
  }

  private static TableInfo table(boolean keyed) {
    TableDescriptor.Builder builder =
        TableDescriptor.builder()
            .column("id", new IntType(false))
            .column("must", new IntType(false))
            .column("name", new VarCharType(10))
            .column("price", new DecimalType(5, 2));
    if (keyed) {
      builder.primaryKey(List.of("id"));
    }
    return builder.build().toTableInfo(PATH, new UUID(1, 2), "shop.orders");
  }
}
