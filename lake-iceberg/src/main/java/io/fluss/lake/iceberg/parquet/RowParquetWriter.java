package io.fluss.lake.iceberg.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Writes Flink's rows for Iceberg's Parquet writer. Fields are matched by their place: the Parquet
 * schema has the columns of the row type in their order. One thread.
 */
public final class RowParquetWriter implements ParquetValueWriter<RowData> {

  private final FieldWriter[] fields;

  private RowParquetWriter(List<FieldWriter> fields) {
    this.fields = fields.toArray(FieldWriter[]::new);
  }

  /**
   * The writer of rows of this type.
   *
   * @param schema of the file, made by Iceberg of the same columns
   */
  public static RowParquetWriter of(RowType rows, MessageType schema) {
    return new RowParquetWriter(fields("", rows, schema, schema, List.of()));
  }

  private static List<FieldWriter> fields(
      String prefix, RowType rows, GroupType group, MessageType schema, List<String> path) {
    List<FieldWriter> writers = new ArrayList<>();
    for (int i = 0; i < rows.getFieldCount(); i++) {
      RowType.RowField field = rows.getFields().get(i);
      writers.add(field(prefix + field.getName(), field.getType(), group.getType(i), schema, path));
    }
    return writers;
  }

  private static FieldWriter field(
      String name, LogicalType type, Type parquet, MessageType schema, List<String> parent) {
    List<String> path = child(parent, parquet);
    if (parquet.isPrimitive()) {
      return ScalarWriters.of(name, type, schema.getColumnDescription(path.toArray(String[]::new)));
    }
    GroupType group = parquet.asGroupType();
    boolean optional = parquet.isRepetition(Type.Repetition.OPTIONAL);
    int presentLevel = schema.getMaxDefinitionLevel(path.toArray(String[]::new));
    if (type instanceof RowType rows) {
      return new NestedWriters.StructWriter(
          name, optional, presentLevel, fields(name + ".", rows, group, schema, path));
    }
    GroupType repeated = group.getType(0).asGroupType();
    List<String> inner = child(path, repeated);
    int repetitionLevel = schema.getMaxRepetitionLevel(inner.toArray(String[]::new));
    if (type instanceof ArrayType array) {
      return new NestedWriters.ListWriter(
          name,
          optional,
          presentLevel,
          repetitionLevel,
          field(name + "[]", array.getElementType(), repeated.getType(0), schema, inner));
    }
    MapType map = (MapType) type;
    return new NestedWriters.MapWriter(
        name,
        optional,
        presentLevel,
        repetitionLevel,
        field(name + ".key", map.getKeyType(), repeated.getType(0), schema, inner),
        field(name + ".value", map.getValueType(), repeated.getType(1), schema, inner));
  }

  private static List<String> child(List<String> path, Type type) {
    List<String> child = new ArrayList<>(path);
    child.add(type.getName());
    return child;
  }

  @Override
  public void write(int repetitionLevel, RowData row) {
    for (int i = 0; i < fields.length; i++) {
      fields[i].write(repetitionLevel, row, i);
    }
  }

  /** None: only writers of optional structs ask, and this one is of whole rows. */
  @Override
  public List<TripleWriter<?>> columns() {
    return List.of();
  }

  @Override
  public void setColumnStore(ColumnWriteStore stores) {
    for (FieldWriter field : fields) {
      field.bind(stores);
    }
  }

  @Override
  public Stream<FieldMetrics<?>> metrics() {
    return Stream.of(fields).flatMap(FieldWriter::metrics);
  }
}
