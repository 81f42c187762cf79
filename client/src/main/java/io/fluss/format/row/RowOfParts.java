package io.fluss.format.row;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.variant.Variant;

/**
 * A row whose columns lie in other rows and are read from there as asked; nothing is copied. One
 * thread.
 */
public abstract class RowOfParts implements RowData {

  /**
   * The row that holds a column of this one.
   *
   * @param position of a column that is not null
   */
  protected abstract RowData part(int position);

  /**
   * Where in its {@link #part} the column is.
   *
   * @param position of a column that is not null
   */
  protected abstract int positionInPart(int position);

  @Override
  public boolean getBoolean(int position) {
    return part(position).getBoolean(positionInPart(position));
  }

  @Override
  public byte getByte(int position) {
    return part(position).getByte(positionInPart(position));
  }

  @Override
  public short getShort(int position) {
    return part(position).getShort(positionInPart(position));
  }

  @Override
  public int getInt(int position) {
    return part(position).getInt(positionInPart(position));
  }

  @Override
  public long getLong(int position) {
    return part(position).getLong(positionInPart(position));
  }

  @Override
  public float getFloat(int position) {
    return part(position).getFloat(positionInPart(position));
  }

  @Override
  public double getDouble(int position) {
    return part(position).getDouble(positionInPart(position));
  }

  @Override
  public StringData getString(int position) {
    return part(position).getString(positionInPart(position));
  }

  @Override
  public byte[] getBinary(int position) {
    return part(position).getBinary(positionInPart(position));
  }

  @Override
  public DecimalData getDecimal(int position, int precision, int scale) {
    return part(position).getDecimal(positionInPart(position), precision, scale);
  }

  @Override
  public TimestampData getTimestamp(int position, int precision) {
    return part(position).getTimestamp(positionInPart(position), precision);
  }

  @Override
  public ArrayData getArray(int position) {
    return part(position).getArray(positionInPart(position));
  }

  @Override
  public MapData getMap(int position) {
    return part(position).getMap(positionInPart(position));
  }

  @Override
  public RowData getRow(int position, int fieldCount) {
    return part(position).getRow(positionInPart(position), fieldCount);
  }

  @Override
  public <T> RawValueData<T> getRawValue(int position) {
    return part(position).getRawValue(positionInPart(position));
  }

  @Override
  public Variant getVariant(int position) {
    return part(position).getVariant(positionInPart(position));
  }
}
