package io.fluss.lake.iceberg;

import io.fluss.lake.LakeSchema;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.lake.ForeignLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.ByteBuffers;

/** An Iceberg catalog by Iceberg's own generic readers. */
final class ForeignIceberg implements ForeignLake {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Catalog catalog;
  private final Path warehouse;

  ForeignIceberg(Catalog catalog, Path warehouse) {
    this.catalog = catalog;
    this.warehouse = warehouse;
  }

  Table table(TablePath path) {
    return catalog.loadTable(TableIdentifier.of(path.database(), path.table()));
  }

  @Override
  public List<String> columns(TablePath path) {
    return table(path).schema().columns().stream().map(Types.NestedField::name).toList();
  }

  @Override
  public Map<String, String> properties(TablePath path) {
    return table(path).properties();
  }

  @Override
  public int snapshots(TablePath path) {
    List<Object> snapshots = new ArrayList<>();
    table(path).snapshots().forEach(snapshots::add);
    return snapshots.size();
  }

  @Override
  public List<RowData> rows(TableInfo info) {
    RowType type = LakeSchema.rowType(info);
    List<RowData> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table(info.path())).build()) {
      records.forEach(r -> rows.add(row(r, type)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** The values of a column, as text. */
  List<String> values(TablePath path, String column) {
    List<String> values = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table(path)).build()) {
      records.forEach(r -> values.add(String.valueOf(r.getField(column))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  /** Appends a row of bucket 0 to a table that is not partitioned. */
  void append(TablePath path, Map<String, Object> values) throws IOException {
    Table table = table(path);
    Record row = GenericRecord.create(table.schema()).copy(values);
    row.setField(LakeSchema.BUCKET, 0);
    row.setField(LakeSchema.OFFSET, 0L);
    row.setField(LakeSchema.TIMESTAMP, OffsetDateTime.parse("2026-01-01T00:00:00Z"));
    OutputFile file = table.io().newOutputFile(table.location() + "/data/" + UUID.randomUUID());
    DataWriter<Record> writer =
        Parquet.writeData(file)
            .forTable(table)
            .createWriterFunc(GenericParquetWriter::create)
            .withSpec(table.spec())
            .build();
    try (writer) {
      writer.write(row);
    }
    table.newAppend().appendFile(writer.toDataFile()).commit();
  }

  private static RowData row(StructLike struct, RowType type) {
    GenericRowData row = new GenericRowData(type.getFieldCount());
    for (int i = 0; i < type.getFieldCount(); i++) {
      row.setField(i, value(struct.get(i, Object.class), type.getTypeAt(i)));
    }
    return row;
  }

  @Nullable
  private static Object value(@Nullable Object value, LogicalType type) {
    if (value == null) {
      return null;
    }
    if (value instanceof Long nanos && isTimestamp(type)) {
      // Iceberg's generic reader leaves partition values of this type in their internal form
      return IcebergValues.toFlink(type, nanos);
    }
    return switch (type.getTypeRoot()) {
      case TINYINT -> ((Integer) value).byteValue();
      case SMALLINT -> ((Integer) value).shortValue();
      case CHAR, VARCHAR -> StringData.fromString(value.toString());
      case BINARY, VARBINARY -> ByteBuffers.toByteArray((ByteBuffer) value);
      case DECIMAL ->
          DecimalData.fromBigDecimal(
              (BigDecimal) value,
              LogicalTypeChecks.getPrecision(type),
              LogicalTypeChecks.getScale(type));
      case DATE -> (int) ((LocalDate) value).toEpochDay();
      case TIME_WITHOUT_TIME_ZONE -> (int) (((LocalTime) value).toNanoOfDay() / NANOS_PER_MILLI);
      case TIMESTAMP_WITHOUT_TIME_ZONE -> TimestampData.fromLocalDateTime((LocalDateTime) value);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          TimestampData.fromInstant(((OffsetDateTime) value).toInstant());
      case ROW -> row((StructLike) value, (RowType) type);
      case ARRAY -> array((List<?>) value, ((ArrayType) type).getElementType());
      case MAP -> map((Map<?, ?>) value, (MapType) type);
      default -> value;
    };
  }

  private static boolean isTimestamp(LogicalType type) {
    return type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
        || type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
  }

  private static GenericArrayData array(List<?> elements, LogicalType type) {
    return new GenericArrayData(elements.stream().map(e -> value(e, type)).toArray());
  }

  private static GenericMapData map(Map<?, ?> entries, MapType type) {
    Map<Object, Object> map = new LinkedHashMap<>();
    entries.forEach((k, v) -> map.put(value(k, type.getKeyType()), value(v, type.getValueType())));
    return new GenericMapData(map);
  }

  @Override
  public void commitNothing(TableInfo info) {
    table(info.path()).newAppend().commit();
  }

  @Override
  public void expireSnapshots(TableInfo info) {
    table(info.path()).expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
  }

  @Override
  public List<String> dataFiles() {
    if (!Files.exists(warehouse)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(warehouse)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.getParent().getFileName().toString().equals("metadata"))
          .filter(f -> !f.getFileName().toString().startsWith("."))
          .map(Path::toString)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // the test's directory goes with it
  }
}
