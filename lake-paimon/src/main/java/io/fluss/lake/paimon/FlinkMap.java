package io.fluss.lake.paimon;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.paimon.data.InternalMap;

/** A Paimon map as Flink sees it. */
record FlinkMap(InternalMap map) implements MapData {

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public ArrayData keyArray() {
    return new FlinkArray(map.keyArray());
  }

  @Override
  public ArrayData valueArray() {
    return new FlinkArray(map.valueArray());
  }
}
