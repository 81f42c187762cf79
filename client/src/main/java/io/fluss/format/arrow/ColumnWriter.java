package io.fluss.format.arrow;

import io.fluss.format.batch.StatisticsWriter;
import io.fluss.format.bytes.Bitmaps;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/**
 * Gathers the values of one column, or of one child of a nested column, in Arrow's layout.
 *
 * <p>The validity bitmap exists only once there is a null. Values come from a row or from an array,
 * hence the twin methods: Flink's two interfaces have the same getters and no common parent.
 */
abstract class ColumnWriter {
  private final String path;
  private final boolean nullable;
  private final GrowableBuffer validity;
  private int count;
  private int nullCount;

  /**
   * @param path the column's name with the names of its parents, for messages
   */
  ColumnWriter(String path, boolean nullable, BufferPool pool) {
    this.path = path;
    this.nullable = nullable;
    this.validity = new GrowableBuffer(pool);
  }

  final void append(RowData row, int position) {
    if (row.isNullAt(position)) {
      appendNull();
    } else {
      put(row, position);
      countValid();
    }
  }

  final void append(ArrayData array, int position) {
    if (array.isNullAt(position)) {
      appendNull();
    } else {
      put(array, position);
      countValid();
    }
  }

  /** Fills the slot below a null parent, which nobody reads: a null if it may be one. */
  final void appendHidden() {
    if (nullable) {
      appendNull();
    } else {
      putZero();
      countValid();
    }
  }

  private void appendNull() {
    if (!nullable) {
      throw new IllegalArgumentException(
          "Cannot write NULL into column '" + path + "', which is NOT NULL");
    }
    putZero();
    if (nullCount == 0) {
      validity.extend(Bitmaps.bytesFor(count + 1));
      validity.bytes()[count >>> 3] = 0;
      Bitmaps.fillOnes(validity.bytes(), count);
    } else if ((count & 7) == 0) {
      validity.extendWithZeros(1);
    }
    nullCount++;
    count++;
  }

  private void countValid() {
    if (nullCount > 0) {
      if ((count & 7) == 0) {
        validity.extendWithZeros(1);
      }
      Bitmaps.set(validity.bytes(), count);
    }
    count++;
  }

  final int count() {
    return count;
  }

  final String path() {
    return path;
  }

  /** Forgets all values from this one on, also those of a value that was put only in part. */
  final void rewind(int newCount) {
    if (nullCount > 0) {
      nullCount = newCount - Bitmaps.countSet(validity.bytes(), 0, newCount);
      int validityBytes = nullCount == 0 ? 0 : Bitmaps.bytesFor(newCount);
      validity.truncate(validityBytes);
      if (validityBytes > 0) {
        Bitmaps.clearTail(validity.bytes(), 0, newCount);
      }
    }
    count = newCount;
    rewindValues(newCount);
  }

  final void reset() {
    validity.reset();
    count = 0;
    nullCount = 0;
    resetValues();
  }

  final void close() {
    validity.close();
    count = 0;
    nullCount = 0;
    closeValues();
  }

  /** Bytes held from the pool. */
  final long allocatedBytes() {
    return validity.capacity() + allocatedValueBytes();
  }

  /** Bytes gathered, without padding. */
  final long gatheredBytes() {
    return validity.size() + gatheredValueBytes();
  }

  /** Adds this column's node and buffers for a range of values, then its children's. */
  final void writeTo(BodyWriter out, int from, int to) {
    int nulls = 0;
    if (nullCount > 0) {
      nulls = to - from - Bitmaps.countSet(validity.bytes(), from, to);
    }
    out.node(to - from, nulls);
    if (nulls == 0) {
      out.emptyBuffer();
    } else {
      out.bits(validity.bytes(), from, to);
    }
    writeValuesTo(out, from, to);
  }

  /**
   * Tells the nulls and the bounds of a range of values.
   *
   * @param position of the column among those of the batch
   */
  final void describeTo(StatisticsWriter out, int position, int from, int to) {
    int nulls = nullCount == 0 ? 0 : to - from - Bitmaps.countSet(validity.bytes(), from, to);
    out.column(position, nulls);
    if (nulls < to - from) {
      describeValuesTo(out, from, to);
    }
  }

  /** The first value from here that is not null; {@code to} where there is none before it. */
  final int nextValid(int from, int to) {
    int next = from;
    if (nullCount > 0) {
      while (next < to && !Bitmaps.get(validity.bytes(), 0, next)) {
        next++;
      }
    }
    return next;
  }

  /** Tells the bounds of a range with values; nested columns have none. */
  void describeValuesTo(StatisticsWriter out, int from, int to) {
    // no bounds
  }

  /** Puts a value that is not null. If it throws, {@link #rewind} follows. */
  abstract void put(RowData row, int position);

  abstract void put(ArrayData array, int position);

  /** Puts a placeholder: zeros, or nothing where the length varies. */
  abstract void putZero();

  abstract void rewindValues(int newCount);

  abstract void resetValues();

  abstract void closeValues();

  abstract long allocatedValueBytes();

  abstract long gatheredValueBytes();

  abstract void writeValuesTo(BodyWriter out, int from, int to);
}
