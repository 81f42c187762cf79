package io.fluss.format.row;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.bytes.LittleEndian;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;

/**
 * A map read in place: the length of its keys' array, that array, the array of its values.
 * Immutable. Equal to other maps of this class with equal entries in the same order, which is the
 * order they were written in.
 */
record EncodedMap(EncodedArray keys, EncodedArray values) implements MapData {
  static EncodedMap of(
      StoredType type, byte[] bytes, int start, int end, MemorySegment[] segments) {
    int keysStart = start + Integer.BYTES;
    int keysEnd = keysStart;
    if (keysStart <= end) {
      keysEnd += LittleEndian.getInt(bytes, start);
    }
    if (keysEnd < keysStart || keysEnd > end) {
      throw new CorruptBatchException(
          "Cannot read map: its keys lie at bytes "
              + keysStart
              + " to "
              + keysEnd
              + ", the map ends at "
              + end);
    }
    EncodedArray keys = EncodedArray.of(type.element(), bytes, keysStart, keysEnd, segments);
    EncodedArray values = EncodedArray.of(type.value(), bytes, keysEnd, end, segments);
    if (keys.size() != values.size()) {
      throw new CorruptBatchException(
          "Cannot read map: it has " + keys.size() + " keys and " + values.size() + " values");
    }
    return new EncodedMap(keys, values);
  }

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
