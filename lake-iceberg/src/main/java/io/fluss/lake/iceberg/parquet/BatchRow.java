package io.fluss.lake.iceberg.parquet;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.variant.Variant;

/** One row of a batch: an index into its columns. Valid as long as the batch is. */
final class BatchRow implements RowData {

  private final Column[] columns;
  private final int index;
  private RowKind kind = RowKind.INSERT;

  BatchRow(Column[] columns, int index) {
    this.columns = columns;
    this.index = index;
  }

  @Override
  public int getArity() {
    return columns.length;
  }

  @Override
  public RowKind getRowKind() {
    return kind;
  }

  @Override
  public void setRowKind(RowKind newKind) {
    kind = newKind;
  }

  @Override
  public boolean isNullAt(int position) {
    return columns[position].isNull(index);
  }

  @Override
  public boolean getBoolean(int position) {
    return columns[position].getBoolean(index);
  }

  @Override
  public byte getByte(int position) {
    return (byte) columns[position].getInt(index);
  }

  @Override
  public short getShort(int position) {
    return (short) columns[position].getInt(index);
  }

  @Override
  public int getInt(int position) {
    return columns[position].getInt(index);
  }

  @Override
  public long getLong(int position) {
    return columns[position].getLong(index);
  }

  @Override
  public float getFloat(int position) {
    return columns[position].getFloat(index);
  }

  @Override
  public double getDouble(int position) {
    return columns[position].getDouble(index);
  }

  @Override
  public StringData getString(int position) {
    return columns[position].getString(index);
  }

  @Override
  public DecimalData getDecimal(int position, int precision, int scale) {
    return columns[position].getDecimal(index);
  }

  @Override
  public TimestampData getTimestamp(int position, int precision) {
    return columns[position].getTimestamp(index);
  }

  @Override
  public byte[] getBinary(int position) {
    return columns[position].getBinary(index);
  }

  @Override
  public ArrayData getArray(int position) {
    return columns[position].getArray(index);
  }

  @Override
  public MapData getMap(int position) {
    return columns[position].getMap(index);
  }

  @Override
  public RowData getRow(int position, int fieldCount) {
    return columns[position].getRow(index);
  }

  @Override
  public <T> RawValueData<T> getRawValue(int position) {
    throw new UnsupportedOperationException("Iceberg tables hold no RAW values");
  }

  @Override
  public Variant getVariant(int position) {
    throw new UnsupportedOperationException("Lake tables hold no VARIANT values");
  }
}
