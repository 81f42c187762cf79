package io.fluss.format.arrow;

import io.fluss.format.batch.StatisticsWriter;
import java.util.Arrays;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinarySegmentUtils;
import org.apache.flink.table.data.binary.BinaryStringData;

/** A column of byte sequences: the bytes of all values in one buffer, and offsets into it. */
abstract class VariableWidthWriter extends ColumnWriter {
  private final OffsetsWriter offsets;
  private final GrowableBuffer data;

  VariableWidthWriter(String path, boolean nullable, BufferPool pool) {
    super(path, nullable, pool);
    this.offsets = new OffsetsWriter(pool);
    this.data = new GrowableBuffer(pool);
  }

  final void put(byte[] value) {
    data.append(value, 0, value.length);
    offsets.putEnd(data.size());
  }

  final void put(MemorySegment[] segments, int offset, int length) {
    if (segments.length == 1 && !segments[0].isOffHeap()) {
      data.append(segments[0].getArray(), offset, length);
    } else {
      int position = data.extend(length);
      BinarySegmentUtils.copyToBytes(segments, offset, data.bytes(), position, length);
    }
    offsets.putEnd(data.size());
  }

  @Override
  final void describeValuesTo(StatisticsWriter out, int from, int to) {
    int min = nextValid(from, to);
    int max = min;
    for (int i = nextValid(min + 1, to); i < to; i = nextValid(i + 1, to)) {
      if (order(i, min) < 0) {
        min = i;
      } else if (order(i, max) > 0) {
        max = i;
      }
    }
    out.bounds(data.bytes(), offsets.start(min), length(min), offsets.start(max), length(max));
  }

  private int order(int left, int right) {
    byte[] bytes = data.bytes();
    return Arrays.compareUnsigned(
        bytes,
        offsets.start(left),
        offsets.start(left + 1),
        bytes,
        offsets.start(right),
        offsets.start(right + 1));
  }

  private int length(int index) {
    return offsets.start(index + 1) - offsets.start(index);
  }

  @Override
  final void putZero() {
    offsets.putEnd(data.size());
  }

  @Override
  final void rewindValues(int newCount) {
    offsets.rewind(newCount);
    data.truncate(offsets.start(newCount));
  }

  @Override
  final void resetValues() {
    offsets.reset();
    data.reset();
  }

  @Override
  final void closeValues() {
    offsets.close();
    data.close();
  }

  @Override
  final long allocatedValueBytes() {
    return offsets.allocatedBytes() + data.capacity();
  }

  @Override
  final long gatheredValueBytes() {
    return offsets.gatheredBytes() + data.size();
  }

  @Override
  final void writeValuesTo(BodyWriter out, int from, int to) {
    int start = offsets.start(from);
    offsets.writeTo(out, from, to);
    out.buffer(data.bytes(), start, offsets.start(to) - start);
  }

  /** Strings, copied from Flink's own UTF-8 bytes. */
  static final class Strings extends VariableWidthWriter {
    Strings(String path, boolean nullable, BufferPool pool) {
      super(path, nullable, pool);
    }

    @Override
    void put(RowData row, int position) {
      put(row.getString(position));
    }

    @Override
    void put(ArrayData array, int position) {
      put(array.getString(position));
    }

    private void put(StringData value) {
      if (value instanceof BinaryStringData binary) {
        binary.ensureMaterialized();
        put(binary.getSegments(), binary.getOffset(), binary.getSizeInBytes());
      } else {
        put(value.toBytes());
      }
    }
  }

  /** Byte sequences. */
  static final class Binaries extends VariableWidthWriter {
    Binaries(String path, boolean nullable, BufferPool pool) {
      super(path, nullable, pool);
    }

    @Override
    void put(RowData row, int position) {
      put(row.getBinary(position));
    }

    @Override
    void put(ArrayData array, int position) {
      put(array.getBinary(position));
    }
  }
}
