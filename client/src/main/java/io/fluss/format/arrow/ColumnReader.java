package io.fluss.format.arrow;

import io.fluss.format.bytes.Bitmaps;
import javax.annotation.Nullable;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.types.logical.LogicalType;

/** Knows where a column's node and buffers are in every batch of a schema. Immutable. */
abstract class ColumnReader {
  private final Location location;
  private final ArrayData.ElementGetter getter;

  /**
   * @param node the column's number in depth-first order
   * @param buffer the number of its validity buffer; its other buffers follow
   */
  record Location(String path, int node, int buffer) {}

  ColumnReader(Location location, LogicalType type) {
    this.location = location;
    this.getter = ArrayData.createElementGetter(type.copy(false));
  }

  /**
   * Makes the column's view.
   *
   * @param length how many values the column has in this batch
   * @param parents which rows have a parent, or null if all have; given only where the path to the
   *     column is projected, and then part of the view's own validity
   */
  final ColumnView read(BodyReader in, int length, @Nullable Slice parents) {
    return read(in, length, validity(in, length, parents), getter);
  }

  /** The column's validity and that of its parents in one, or null if no value is null. */
  @Nullable
  final Slice validity(BodyReader in, int length, @Nullable Slice parents) {
    in.nodeLength(location.node(), length, location.path());
    @Nullable Slice own = in.validity(location.node(), location.buffer(), length, location.path());
    if (own == null || parents == null) {
      return own == null ? parents : own;
    }
    byte[] both = new byte[Bitmaps.bytesFor(length)];
    for (int i = 0; i < both.length; i++) {
      both[i] = (byte) (own.bytes()[own.start() + i] & parents.bytes()[parents.start() + i]);
    }
    return new Slice(both, 0, both.length);
  }

  final String path() {
    return location.path();
  }

  final int node() {
    return location.node();
  }

  /** The number of one of the column's buffers, counted from its validity buffer. */
  final int buffer(int index) {
    return location.buffer() + index;
  }

  abstract ColumnView read(
      BodyReader in, int length, @Nullable Slice validity, ArrayData.ElementGetter valueGetter);
}
