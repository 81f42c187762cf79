package io.fluss.lake.paimon;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.variant.Variant;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.Timestamp;

/** A Paimon row as Flink sees it. Its kind is INSERT. */
record FlinkRow(InternalRow row) implements RowData {

  @Override
  public int getArity() {
    return row.getFieldCount();
  }

  @Override
  public RowKind getRowKind() {
    return RowKind.INSERT;
  }

  @Override
  public void setRowKind(RowKind kind) {
    if (kind != RowKind.INSERT) {
      throw new UnsupportedOperationException("Rows of a lake are inserts, not " + kind + ".");
    }
  }

  @Override
  public boolean isNullAt(int pos) {
    return row.isNullAt(pos);
  }

  @Override
  public boolean getBoolean(int pos) {
    return row.getBoolean(pos);
  }

  @Override
  public byte getByte(int pos) {
    return row.getByte(pos);
  }

  @Override
  public short getShort(int pos) {
    return row.getShort(pos);
  }

  @Override
  public int getInt(int pos) {
    return row.getInt(pos);
  }

  @Override
  public long getLong(int pos) {
    return row.getLong(pos);
  }

  @Override
  public float getFloat(int pos) {
    return row.getFloat(pos);
  }

  @Override
  public double getDouble(int pos) {
    return row.getDouble(pos);
  }

  @Override
  public StringData getString(int pos) {
    return PaimonStrings.toFlink(row.getString(pos));
  }

  @Override
  public DecimalData getDecimal(int pos, int precision, int scale) {
    return PaimonValues.decimal(row.getDecimal(pos, precision, scale), precision, scale);
  }

  @Override
  public TimestampData getTimestamp(int pos, int precision) {
    Timestamp time = row.getTimestamp(pos, precision);
    return TimestampData.fromEpochMillis(time.getMillisecond(), time.getNanoOfMillisecond());
  }

  @Override
  public byte[] getBinary(int pos) {
    return row.getBinary(pos);
  }

  @Override
  public ArrayData getArray(int pos) {
    return new FlinkArray(row.getArray(pos));
  }

  @Override
  public MapData getMap(int pos) {
    return new FlinkMap(row.getMap(pos));
  }

  @Override
  public RowData getRow(int pos, int fields) {
    return new FlinkRow(row.getRow(pos, fields));
  }

  @Override
  public <T> RawValueData<T> getRawValue(int pos) {
    throw PaimonValues.noSuchType();
  }

  @Override
  public Variant getVariant(int pos) {
    throw PaimonValues.noSuchType();
  }
}
