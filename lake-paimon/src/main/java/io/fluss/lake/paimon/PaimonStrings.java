package io.fluss.lake.paimon;

import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.paimon.data.BinaryString;

/** Strings handed over where they lie, if they lie in one piece. */
final class PaimonStrings {

  private PaimonStrings() {}

  static BinaryString toPaimon(StringData string) {
    if (string instanceof BinaryStringData binary) {
      binary.ensureMaterialized();
      MemorySegment[] segments = binary.getSegments();
      if (segments.length == 1 && !segments[0].isOffHeap()) {
        return BinaryString.fromBytes(
            segments[0].getArray(), binary.getOffset(), binary.getSizeInBytes());
      }
    }
    return BinaryString.fromBytes(string.toBytes());
  }

  static StringData toFlink(BinaryString string) {
    org.apache.paimon.memory.MemorySegment[] segments = string.getSegments();
    return segments.length == 1 && !segments[0].isOffHeap()
        ? StringData.fromBytes(segments[0].getArray(), string.getOffset(), string.getSizeInBytes())
        : StringData.fromBytes(string.toBytes());
  }
}
