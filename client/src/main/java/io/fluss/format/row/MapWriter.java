package io.fluss.format.row;

import io.fluss.format.bytes.ByteScratch;
import io.fluss.format.bytes.LittleEndian;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.types.logical.MapType;

/** Writes maps as {@link EncodedMap} reads them. Their keys may not be null. Immutable. */
final class MapWriter {
  private final ArrayWriter keys;
  private final ArrayWriter values;

  private MapWriter(ArrayWriter keys, ArrayWriter values) {
    this.keys = keys;
    this.values = values;
  }

  static MapWriter of(String path, MapType type) {
    return new MapWriter(
        ArrayWriter.of(path, "key", type.getKeyType().copy(false)),
        ArrayWriter.of(path, "value", type.getValueType()));
  }

  void write(MapData map, ByteScratch out) {
    int length = out.extend(Integer.BYTES);
    int start = out.size();
    keys.write(map.keyArray(), out);
    LittleEndian.putInt(out.bytes(), length, out.size() - start);
    values.write(map.valueArray(), out);
  }
}
