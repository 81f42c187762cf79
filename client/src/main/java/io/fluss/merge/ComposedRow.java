package io.fluss.merge;

import java.util.Collection;
import java.util.List;
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
 * The columns of a full row, each read from an update where that covers it, else from the state
 * before. A view to encode from: nothing is copied. One thread.
 */
final class ComposedRow implements RowData {

  private static final int MISSING = Integer.MIN_VALUE;

  /**
   * By column: a column of the update, the complement of a column of the state, or {@link
   * #MISSING}.
   */
  private final int[] places;

  @Nullable private RowData update;
  @Nullable private RowData state;

  /**
   * @param wanted the columns of the full row
   * @param covered the columns that the update sets; those that it does not have become null
   * @param update what the update has; null: nothing
   * @param state what the state has; null: nothing
   */
  ComposedRow(
      List<Integer> wanted,
      Collection<Integer> covered,
      @Nullable ValueColumns update,
      @Nullable ValueColumns state) {
    this.places = new int[wanted.size()];
    for (int i = 0; i < places.length; i++) {
      int field = wanted.get(i);
      boolean updated = covered.contains(field);
      ValueColumns holder = updated ? update : state;
      int position = holder == null ? -1 : holder.positionOf(field);
      places[i] = position < 0 ? MISSING : updated ? position : ~position;
    }
  }

  /**
   * This row over other values, whose columns are those it was made for.
   *
   * @param newUpdate null if and only if it was made for no update
   * @param newState null if and only if it was made for no state
   */
  ComposedRow over(@Nullable RowData newUpdate, @Nullable RowData newState) {
    update = newUpdate;
    state = newState;
    return this;
  }

  boolean isAllNull() {
    for (int i = 0; i < places.length; i++) {
      if (!isNullAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int getArity() {
    return places.length;
  }

  @Override
  public RowKind getRowKind() {
    return RowKind.INSERT;
  }

  @Override
  public void setRowKind(RowKind kind) {
    throw new UnsupportedOperationException("A composed row is a view without a kind");
  }

  private RowData holder(int place) {
    return place < 0 ? state : update;
  }

  private static int index(int place) {
    return place < 0 ? ~place : place;
  }

  @Override
  public boolean isNullAt(int position) {
    int place = places[position];
    return place == MISSING || holder(place).isNullAt(index(place));
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
}
