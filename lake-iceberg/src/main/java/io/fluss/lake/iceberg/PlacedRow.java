package io.fluss.lake.iceberg;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.variant.Variant;

/**
 * A row of the lake table: the columns of a row of the table, then bucket, offset and timestamp.
 * Reused for one row after the other; one thread.
 */
final class PlacedRow implements RowData {

  private final int columns;
  private final int bucket;
  private RowData row;
  private long offset;
  private long timestampMillis;

  /**
   * @param columns of the table itself
   */
  PlacedRow(int columns, int bucket) {
    this.columns = columns;
    this.bucket = bucket;
  }

  PlacedRow set(RowData newRow, long newOffset, long newTimestampMillis) {
    row = newRow;
    offset = newOffset;
    timestampMillis = newTimestampMillis;
    return this;
  }

  @Override
  public int getArity() {
    return columns + 3;
  }

  @Override
  public RowKind getRowKind() {
    return RowKind.INSERT;
  }

  @Override
  public void setRowKind(RowKind kind) {
    throw new UnsupportedOperationException("Rows of the lake are there or not");
  }

  @Override
  public boolean isNullAt(int position) {
    return position < columns && row.isNullAt(position);
  }

  @Override
  public boolean getBoolean(int position) {
    return row.getBoolean(position);
  }

  @Override
  public byte getByte(int position) {
    return row.getByte(position);
  }

  @Override
  public short getShort(int position) {
    return row.getShort(position);
  }

  /** The bucket is the first column behind those of the table. */
  @Override
  public int getInt(int position) {
    return position < columns ? row.getInt(position) : bucket;
  }

  /** The offset is the second column behind those of the table. */
  @Override
  public long getLong(int position) {
    return position < columns ? row.getLong(position) : offset;
  }

  @Override
  public float getFloat(int position) {
    return row.getFloat(position);
  }

  @Override
  public double getDouble(int position) {
    return row.getDouble(position);
  }

  @Override
  public StringData getString(int position) {
    return row.getString(position);
  }

  @Override
  public DecimalData getDecimal(int position, int precision, int scale) {
    return row.getDecimal(position, precision, scale);
  }

  /** The timestamp of the record is the third column behind those of the table. */
  @Override
  public TimestampData getTimestamp(int position, int precision) {
    return position < columns
        ? row.getTimestamp(position, precision)
        : TimestampData.fromEpochMillis(timestampMillis);
  }

  @Override
  public <T> RawValueData<T> getRawValue(int position) {
    return row.getRawValue(position);
  }

  @Override
  public byte[] getBinary(int position) {
    return row.getBinary(position);
  }

  @Override
  public ArrayData getArray(int position) {
    return row.getArray(position);
  }

  @Override
  public MapData getMap(int position) {
    return row.getMap(position);
  }

  @Override
  public RowData getRow(int position, int fieldCount) {
    return row.getRow(position, fieldCount);
  }

  @Override
  public Variant getVariant(int position) {
    return row.getVariant(position);
  }
}
