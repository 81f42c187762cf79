package io.fluss.format.arrow;

import java.util.Arrays;
import javax.annotation.Nullable;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;

/** Views of strings and bytes. */
final class VariableWidthViews {
  private VariableWidthViews() {}

  /** Strings that share the buffer's bytes. */
  static final class Strings extends ColumnView {
    private final Offsets offsets;
    private final MemorySegment[] segments;
    private final int dataStart;

    Strings(@Nullable Slice validity, Offsets offsets, Slice data, ArrayData.ElementGetter getter) {
      super(validity, data, getter);
      this.offsets = offsets;
      this.segments = new MemorySegment[] {MemorySegmentFactory.wrap(data.bytes())};
      this.dataStart = data.start();
    }

    @Override
    StringData getString(int index) {
      int start = offsets.start(index);
      return BinaryStringData.fromAddress(
          segments, dataStart + start, offsets.start(index + 1) - start);
    }
  }

  /** Bytes, copied because callers may keep or change the array. */
  static final class Binaries extends ColumnView {
    private final Offsets offsets;
    private final Slice data;

    Binaries(
        @Nullable Slice validity, Offsets offsets, Slice data, ArrayData.ElementGetter getter) {
      super(validity, data, getter);
      this.offsets = offsets;
      this.data = data;
    }

    @Override
    byte[] getBinary(int index) {
      return Arrays.copyOfRange(
          data.bytes(),
          data.start() + offsets.start(index),
          data.start() + offsets.start(index + 1));
    }
  }
}
