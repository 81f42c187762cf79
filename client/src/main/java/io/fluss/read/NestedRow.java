package io.fluss.read;

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
 * Fields of a row and of rows within it, as one row. The way to a field is gone once, when it is
 * first asked for. One thread.
 */
final class NestedRow implements RowData {

  private final NestedFields fields;
  private final RowData row;

  /** The row that holds each field, once known. */
  private final RowData[] holders;

  NestedRow(NestedFields fields, RowData row) {
    this.fields = fields;
    this.row = row;
    this.holders = new RowData[fields.paths().length];
  }

  /** Null where a row on the way is null. */
  @Nullable
  private RowData find(int field) {
    if (holders[field] != null) {
      return holders[field];
    }
    int[] path = fields.paths()[field];
    RowData holder = row;
    for (int i = 0; i < path.length - 1; i++) {
      if (holder.isNullAt(path[i])) {
        return null;
      }
      holder = holder.getRow(path[i], fields.arities()[field][i]);
    }
    holders[field] = holder;
    return holder;
  }

  private RowData holder(int field) {
    RowData holder = find(field);
    if (holder == null) {
      throw new IllegalStateException("Field " + field + " is null: a row around it is.");
    }
    return holder;
  }

  /** Position of a field in its holder. */
  private int index(int field) {
    int[] path = fields.paths()[field];
    return path[path.length - 1];
  }

  @Override
  public int getArity() {
    return holders.length;
  }

  @Override
  public RowKind getRowKind() {
    return row.getRowKind();
  }

  @Override
  public void setRowKind(RowKind kind) {
    row.setRowKind(kind);
  }

  @Override
  public boolean isNullAt(int pos) {
    RowData holder = find(pos);
    return holder == null || holder.isNullAt(index(pos));
  }

  @Override
  public boolean getBoolean(int pos) {
    return holder(pos).getBoolean(index(pos));
  }

  @Override
  public byte getByte(int pos) {
    return holder(pos).getByte(index(pos));
  }

  @Override
  public short getShort(int pos) {
    return holder(pos).getShort(index(pos));
  }

  @Override
  public int getInt(int pos) {
    return holder(pos).getInt(index(pos));
  }

  @Override
  public long getLong(int pos) {
    return holder(pos).getLong(index(pos));
  }

  @Override
  public float getFloat(int pos) {
    return holder(pos).getFloat(index(pos));
  }

  @Override
  public double getDouble(int pos) {
    return holder(pos).getDouble(index(pos));
  }

  @Override
  public StringData getString(int pos) {
    return holder(pos).getString(index(pos));
  }

  @Override
  public byte[] getBinary(int pos) {
    return holder(pos).getBinary(index(pos));
  }

  @Override
  public ArrayData getArray(int pos) {
    return holder(pos).getArray(index(pos));
  }

  @Override
  public MapData getMap(int pos) {
    return holder(pos).getMap(index(pos));
  }

  @Override
  public Variant getVariant(int pos) {
    return holder(pos).getVariant(index(pos));
  }

  @Override
  public DecimalData getDecimal(int pos, int precision, int scale) {
    return holder(pos).getDecimal(index(pos), precision, scale);
  }

  @Override
  public TimestampData getTimestamp(int pos, int precision) {
    return holder(pos).getTimestamp(index(pos), precision);
  }

  @Override
  public RowData getRow(int pos, int numFields) {
    return holder(pos).getRow(index(pos), numFields);
  }

  @Override
  public <T> RawValueData<T> getRawValue(int pos) {
    return holder(pos).getRawValue(index(pos));
  }
}
