package io.fluss.format.keyed;

import java.util.Arrays;
import javax.annotation.Nullable;
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
 * A row whose columns lie in a key and in a value, read from there as asked. Without a value, as in
 * a delete, all columns but those of the key are null. Equal to other rows of this class with equal
 * kind and values. One thread.
 */
public final class KeyedRow implements RowData {
  private final KeyedColumns columns;
  private final int[] places;
  private final RowData key;
  @Nullable private final RowData value;
  private RowKind kind;

  KeyedRow(KeyedColumns columns, RowData key, @Nullable RowData value, RowKind kind) {
    this.columns = columns;
    this.places = columns.places();
    this.key = key;
    this.value = value;
    this.kind = kind;
  }

  @Override
  public int getArity() {
    return places.length;
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
    int place = places[position];
    return place < 0 && (value == null || place == KeyedColumns.MISSING || value.isNullAt(~place));
  }

  private RowData holder(int place) {
    return place < 0 ? value : key;
  }

  /** {@code ~place} of a column of the value, {@code place} of one of the key. */
  private static int index(int place) {
    return place ^ place >> Integer.SIZE - 1;
  }

  @Override
  public boolean getBoolean(int position) {
    int place = places[position];
    return holder(place).getBoolean(index(place));
  }

  @Override
  public byte getByte(int position) {
    int place = places[position];
    return holder(place).getByte(index(place));
  }

  @Override
  public short getShort(int position) {
    int place = places[position];
    return holder(place).getShort(index(place));
  }

  @Override
  public int getInt(int position) {
    int place = places[position];
    return holder(place).getInt(index(place));
  }

  @Override
  public long getLong(int position) {
    int place = places[position];
    return holder(place).getLong(index(place));
  }

  @Override
  public float getFloat(int position) {
    int place = places[position];
    return holder(place).getFloat(index(place));
  }

  @Override
  public double getDouble(int position) {
    int place = places[position];
    return holder(place).getDouble(index(place));
  }

  @Override
  public StringData getString(int position) {
    int place = places[position];
    return holder(place).getString(index(place));
  }

  @Override
  public byte[] getBinary(int position) {
    int place = places[position];
    return holder(place).getBinary(index(place));
  }

  @Override
  public DecimalData getDecimal(int position, int precision, int scale) {
    int place = places[position];
    return holder(place).getDecimal(index(place), precision, scale);
  }

  @Override
  public TimestampData getTimestamp(int position, int precision) {
    int place = places[position];
    return holder(place).getTimestamp(index(place), precision);
  }

  @Override
  public ArrayData getArray(int position) {
    int place = places[position];
    return holder(place).getArray(index(place));
  }

  @Override
  public MapData getMap(int position) {
    int place = places[position];
    return holder(place).getMap(index(place));
  }

  @Override
  public RowData getRow(int position, int fieldCount) {
    int place = places[position];
    return holder(place).getRow(index(place), fieldCount);
  }

  @Override
  public <T> RawValueData<T> getRawValue(int position) {
    int place = places[position];
    return holder(place).getRawValue(index(place));
  }

  @Override
  public Variant getVariant(int position) {
    int place = places[position];
    return holder(place).getVariant(index(place));
  }

  private Object[] values() {
    Object[] values = new Object[places.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.getters()[i].getFieldOrNull(this);
    }
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyedRow that
        && kind == that.kind
        && Arrays.deepEquals(values(), that.values());
  }

  @Override
  public int hashCode() {
    return 31 * kind.toByteValue() + Arrays.deepHashCode(values());
  }

  @Override
  public String toString() {
    String values = Arrays.deepToString(values());
    return kind.shortString() + "(" + values.substring(1, values.length() - 1) + ")";
  }
}
