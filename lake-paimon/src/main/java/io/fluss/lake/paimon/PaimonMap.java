package io.fluss.lake.paimon;

import org.apache.flink.table.data.MapData;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;

/** A Flink map as Paimon sees it. */
record PaimonMap(MapData map) implements InternalMap {

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public InternalArray keyArray() {
    return new PaimonArray(map.keyArray());
  }

  @Override
  public InternalArray valueArray() {
    return new PaimonArray(map.valueArray());
  }
}
