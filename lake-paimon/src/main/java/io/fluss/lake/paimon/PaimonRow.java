package io.fluss.lake.paimon;

import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Blob;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.InternalVector;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.data.variant.Variant;
import org.apache.paimon.types.RowKind;

/** A Flink row as Paimon sees it. Reused; its kind is INSERT. Empty until it is given a row. */
class PaimonRow implements InternalRow {

  @Nullable private RowData row;

  PaimonRow(@Nullable RowData row) {
    this.row = row;
  }

  final void replace(RowData newRow) {
    row = newRow;
  }

  @Override
  public int getFieldCount() {
    return row.getArity();
  }

  @Override
  public RowKind getRowKind() {
    return RowKind.INSERT;
  }

  @Override
  public void setRowKind(RowKind kind) {
    throw new UnsupportedOperationException("This row is a view, which has one kind.");
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
  public BinaryString getString(int pos) {
    return PaimonStrings.toPaimon(row.getString(pos));
  }

  @Override
  public Decimal getDecimal(int pos, int precision, int scale) {
    return PaimonValues.decimal(row.getDecimal(pos, precision, scale), precision, scale);
  }

  @Override
  public Timestamp getTimestamp(int pos, int precision) {
    TimestampData time = row.getTimestamp(pos, precision);
    return Timestamp.fromEpochMillis(time.getMillisecond(), time.getNanoOfMillisecond());
  }

  @Override
  public byte[] getBinary(int pos) {
    return row.getBinary(pos);
  }

  @Override
  public InternalArray getArray(int pos) {
    return new PaimonArray(row.getArray(pos));
  }

  @Override
  public InternalMap getMap(int pos) {
    return new PaimonMap(row.getMap(pos));
  }

  @Override
  public InternalRow getRow(int pos, int fields) {
    return new PaimonRow(row.getRow(pos, fields));
  }

  @Override
  public Variant getVariant(int pos) {
    throw PaimonValues.noSuchType();
  }

  @Override
  public Blob getBlob(int pos) {
    throw PaimonValues.noSuchType();
  }

  @Override
  public InternalVector getVector(int pos) {
    throw PaimonValues.noSuchType();
  }
}
