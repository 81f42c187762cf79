package io.fluss.format.row;

import io.fluss.format.bytes.ByteScratch;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Encodes columns of rows as values of records. One thread. */
public final class RowEncoder {
  private final RowWriter writer;
  private final int schemaVersion;
  private final ByteScratch scratch = new ByteScratch();

  private RowEncoder(RowWriter writer, int schemaVersion) {
    this.writer = writer;
    this.schemaVersion = schemaVersion;
  }

  /**
   * The encoder of these columns of rows of this type.
   *
   * @param all type of the rows; a null where it has NOT NULL is refused
   * @param positions the columns to encode, in the order of the schema
   * @param schemaVersion which a reader needs to know the columns by
   * @throws IllegalArgumentException where values of a type cannot be stored or the schema version
   *     is out of range
   */
  public static RowEncoder of(RowType all, int[] positions, int schemaVersion) {
    checkSchemaVersion(schemaVersion);
    return new RowEncoder(RowWriter.of(all, positions), schemaVersion);
  }

  /**
   * A value of kind {@link ValueKind#ROW}.
   *
   * @throws IllegalArgumentException where the row does not fit its type: a null where there may be
   *     none, a decimal with too many digits
   */
  public byte[] encode(RowData row) {
    scratch.clear();
    scratch.extend(ValueHeader.BYTES);
    ValueHeader.put(scratch.bytes(), ValueKind.ROW, schemaVersion);
    writer.write(row, scratch);
    return scratch.toArray();
  }

  /** A value of kind {@link ValueKind#PARTIAL_DELETE}. */
  public static byte[] partialDelete(int schemaVersion) {
    return marker(ValueKind.PARTIAL_DELETE, schemaVersion);
  }

  /** A value of kind {@link ValueKind#DELETE}. */
  public static byte[] delete(int schemaVersion) {
    return marker(ValueKind.DELETE, schemaVersion);
  }

  private static byte[] marker(ValueKind kind, int schemaVersion) {
    checkSchemaVersion(schemaVersion);
    byte[] value = new byte[ValueHeader.BYTES];
    ValueHeader.put(value, kind, schemaVersion);
    return value;
  }

  private static void checkSchemaVersion(int schemaVersion) {
    if (schemaVersion < 0 || schemaVersion > ValueHeader.MAX_SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "A value's schema version is 0 to "
              + ValueHeader.MAX_SCHEMA_VERSION
              + ", not "
              + schemaVersion
              + ".");
    }
  }
}
