package io.fluss.format.arrow;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;

/**
 * A map within a batch. Immutable. Equal to other maps of this class with equal entries in the same
 * order, which is the order they were written in.
 */
record ColumnarMap(ColumnarArray keys, ColumnarArray values) implements MapData {
  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public ArrayData keyArray() {
    return keys;
  }

  @Override
  public ArrayData valueArray() {
    return values;
  }
}
