package io.fluss.lake.paimon;

import org.apache.flink.table.data.ArrayData;
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

/** A Flink array as Paimon sees it. */
record PaimonArray(ArrayData array) implements InternalArray {

  @Override
  public int size() {
    return array.size();
  }

  @Override
  public boolean[] toBooleanArray() {
    return array.toBooleanArray();
  }

  @Override
  public byte[] toByteArray() {
    return array.toByteArray();
  }

  @Override
  public short[] toShortArray() {
    return array.toShortArray();
  }

  @Override
  public int[] toIntArray() {
    return array.toIntArray();
  }

  @Override
  public long[] toLongArray() {
    return array.toLongArray();
  }

  @Override
  public float[] toFloatArray() {
    return array.toFloatArray();
  }

  @Override
  public double[] toDoubleArray() {
    return array.toDoubleArray();
  }

  @Override
  public boolean isNullAt(int pos) {
    return array.isNullAt(pos);
  }

  @Override
  public boolean getBoolean(int pos) {
    return array.getBoolean(pos);
  }

  @Override
  public byte getByte(int pos) {
    return array.getByte(pos);
  }

  @Override
  public short getShort(int pos) {
    return array.getShort(pos);
  }

  @Override
  public int getInt(int pos) {
    return array.getInt(pos);
  }

  @Override
  public long getLong(int pos) {
    return array.getLong(pos);
  }

  @Override
  public float getFloat(int pos) {
    return array.getFloat(pos);
  }

  @Override
  public double getDouble(int pos) {
    return array.getDouble(pos);
  }

  @Override
  public BinaryString getString(int pos) {
    return PaimonStrings.toPaimon(array.getString(pos));
  }

  @Override
  public Decimal getDecimal(int pos, int precision, int scale) {
    return PaimonValues.decimal(array.getDecimal(pos, precision, scale), precision, scale);
  }

  @Override
  public Timestamp getTimestamp(int pos, int precision) {
    TimestampData time = array.getTimestamp(pos, precision);
    return Timestamp.fromEpochMillis(time.getMillisecond(), time.getNanoOfMillisecond());
  }

  @Override
  public byte[] getBinary(int pos) {
    return array.getBinary(pos);
  }

  @Override
  public InternalArray getArray(int pos) {
    return new PaimonArray(array.getArray(pos));
  }

  @Override
  public InternalMap getMap(int pos) {
    return new PaimonMap(array.getMap(pos));
  }

  @Override
  public InternalRow getRow(int pos, int fields) {
    return new PaimonRow(array.getRow(pos, fields));
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
