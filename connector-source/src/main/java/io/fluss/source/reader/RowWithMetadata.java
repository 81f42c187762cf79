package io.fluss.source.reader;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.variant.Variant;

/** A stored row, then its metadata. */
public final class RowWithMetadata implements RowData {

  private final RowData stored;
  private final int storedArity;
  private final int rowIndex;
  private final BatchMetadata metadata;

  /**
   * @param rowIndex index of the row in its batch
   */
  RowWithMetadata(RowData stored, int rowIndex, BatchMetadata metadata) {
    this.stored = stored;
    this.storedArity = stored.getArity();
    this.rowIndex = rowIndex;
    this.metadata = metadata;
  }

  /** The row alone. */
  public RowData stored() {
    return stored;
  }

  @Override
  public int getArity() {
    return storedArity + metadata.size();
  }

  @Override
  public RowKind getRowKind() {
    return stored.getRowKind();
  }

  @Override
  public void setRowKind(RowKind kind) {
    stored.setRowKind(kind);
  }

  @Override
  public boolean isNullAt(int pos) {
    return pos < storedArity ? stored.isNullAt(pos) : metadata.isNull(pos - storedArity);
  }

  @Override
  public int getInt(int pos) {
    return pos < storedArity ? stored.getInt(pos) : metadata.intValue(pos - storedArity, rowIndex);
  }

  @Override
  public long getLong(int pos) {
    return pos < storedArity ? stored.getLong(pos) : metadata.offset(rowIndex);
  }

  @Override
  public StringData getString(int pos) {
    return pos < storedArity ? stored.getString(pos) : metadata.text(pos - storedArity);
  }

  @Override
  public TimestampData getTimestamp(int pos, int precision) {
    return pos < storedArity ? stored.getTimestamp(pos, precision) : metadata.timestamp(rowIndex);
  }

  // No metadata has one of the types below.

  @Override
  public boolean getBoolean(int pos) {
    return stored.getBoolean(pos);
  }

  @Override
  public byte getByte(int pos) {
    return stored.getByte(pos);
  }

  @Override
  public short getShort(int pos) {
    return stored.getShort(pos);
  }

  @Override
  public float getFloat(int pos) {
    return stored.getFloat(pos);
  }

  @Override
  public double getDouble(int pos) {
    return stored.getDouble(pos);
  }

  @Override
  public DecimalData getDecimal(int pos, int precision, int scale) {
    return stored.getDecimal(pos, precision, scale);
  }

  @Override
  public <T> RawValueData<T> getRawValue(int pos) {
    return stored.getRawValue(pos);
  }

  @Override
  public byte[] getBinary(int pos) {
    return stored.getBinary(pos);
  }

  @Override
  public ArrayData getArray(int pos) {
    return stored.getArray(pos);
  }

  @Override
  public MapData getMap(int pos) {
    return stored.getMap(pos);
  }

  @Override
  public RowData getRow(int pos, int numFields) {
    return stored.getRow(pos, numFields);
  }

  @Override
  public Variant getVariant(int pos) {
    return stored.getVariant(pos);
  }
}
