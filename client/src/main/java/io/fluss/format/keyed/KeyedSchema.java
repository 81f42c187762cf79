package io.fluss.format.keyed;

import io.fluss.format.key.KeyEncoder;
import io.fluss.format.key.KeyReader;
import io.fluss.format.row.RowEncoder;
import io.fluss.format.row.RowReader;
import io.fluss.table.SchemaVersion;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * One schema version of a primary-key table: its key columns, which are in the keys of records, and
 * the others, which are in the values. Makes the codecs of both. Immutable.
 *
 * @param schema the physical columns
 * @param keyFieldIds field ids of the primary key, in its order
 */
public record KeyedSchema(SchemaVersion schema, List<Integer> keyFieldIds) {

  /**
   * @throws IllegalArgumentException where the key is empty or a column of it is not in the schema
   */
  public KeyedSchema {
    keyFieldIds = List.copyOf(keyFieldIds);
    if (keyFieldIds.isEmpty()) {
      throw new IllegalArgumentException("A primary key has at least one column.");
    }
    positions(schema, keyFieldIds);
  }

  /**
   * The schema that new records of the table are written with.
   *
   * @throws IllegalArgumentException where the table has no primary key
   */
  public static KeyedSchema of(TableInfo table) {
    return of(table, table.schemaVersion());
  }

  /**
   * A schema the table has or had.
   *
   * @throws IllegalArgumentException where it never had this version, or has no primary key
   */
  public static KeyedSchema of(TableInfo table, int version) {
    return of(
        table,
        table
            .schema(version)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Table '" + table.path() + "' has no schema version " + version + ".")));
  }

  /** A schema of the table that the table's record may not know yet; its key never changes. */
  public static KeyedSchema of(TableInfo table, SchemaVersion schema) {
    List<Field> current = table.currentSchema().fields();
    List<Integer> keyFieldIds = new ArrayList<>();
    for (String column : table.primaryKey()) {
      current.stream()
          .filter(field -> field.name().equals(column))
          .forEach(field -> keyFieldIds.add(field.fieldId()));
    }
    return new KeyedSchema(schema, keyFieldIds);
  }

  /** The key columns in the order of the key. */
  public List<Field> keyFields() {
    return keyFieldIds.stream().map(id -> schema.fields().get(position(schema, id))).toList();
  }

  /** The columns that values of whole rows hold, in their order. */
  public List<Field> valueFields() {
    return schema.fields().stream().filter(f -> !keyFieldIds.contains(f.fieldId())).toList();
  }

  /** The columns that values of a column set hold, in their order: those the schema has. */
  public List<Field> valueFields(Collection<Integer> columnSet) {
    return valueFields().stream().filter(field -> columnSet.contains(field.fieldId())).toList();
  }

  /** Encodes keys of rows of this schema. */
  public KeyEncoder keyEncoder() {
    return KeyEncoder.of(schema.rowType(), positions(schema, keyFieldIds));
  }

  public KeyReader keyReader() {
    return KeyReader.of(types(keyFields()));
  }

  /** Encodes values of whole rows of this schema. */
  public RowEncoder rowEncoder() {
    return rowEncoder(valueFields());
  }

  /** Encodes values of a column set, taken from rows of this schema. */
  public RowEncoder rowEncoder(Collection<Integer> columnSet) {
    return rowEncoder(valueFields(columnSet));
  }

  private RowEncoder rowEncoder(List<Field> fields) {
    int[] positions = positions(schema, fields.stream().map(Field::fieldId).toList());
    return RowEncoder.of(schema.rowType(), positions, schema.version());
  }

  /** Reads values of whole rows of this schema. */
  public RowReader rowReader() {
    return RowReader.of(types(valueFields()));
  }

  /** Reads values of a column set. */
  public RowReader rowReader(Collection<Integer> columnSet) {
    return RowReader.of(types(valueFields(columnSet)));
  }

  /**
   * Reads records of whole rows.
   *
   * @param projection the columns of the rows that are read: those the schema lacks are null
   */
  public KeyedRowReader reader(List<Field> projection) {
    return KeyedRowReader.of(this, projection);
  }

  private static List<LogicalType> types(List<Field> fields) {
    return fields.stream().map(Field::type).toList();
  }

  private static int[] positions(SchemaVersion schema, List<Integer> fieldIds) {
    return fieldIds.stream().mapToInt(id -> position(schema, id)).toArray();
  }

  private static int position(SchemaVersion schema, int fieldId) {
    for (int i = 0; i < schema.fields().size(); i++) {
      if (schema.fields().get(i).fieldId() == fieldId) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "Schema version " + schema.version() + " has no column with field id " + fieldId + ".");
  }
}
