package io.fluss.format.arrow;

import javax.annotation.Nullable;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;

/** Views of arrays, maps and rows: windows on the views of their children. */
final class NestedViews {
  private NestedViews() {}

  /** Arrays. */
  static final class Arrays extends ColumnView {
    private final Offsets offsets;
    private final ColumnView elements;

    Arrays(
        @Nullable Slice validity,
        Offsets offsets,
        ColumnView elements,
        ArrayData.ElementGetter getter) {
      super(validity, Slice.EMPTY, getter);
      this.offsets = offsets;
      this.elements = elements;
    }

    @Override
    ArrayData getArray(int index) {
      int start = offsets.start(index);
      return new ColumnarArray(elements, start, offsets.start(index + 1) - start);
    }
  }

  /** Maps. */
  static final class Maps extends ColumnView {
    private final Offsets offsets;
    private final ColumnView keys;
    private final ColumnView values;

    Maps(
        @Nullable Slice validity,
        Offsets offsets,
        ColumnView keys,
        ColumnView values,
        ArrayData.ElementGetter getter) {
      super(validity, Slice.EMPTY, getter);
      this.offsets = offsets;
      this.keys = keys;
      this.values = values;
    }

    @Override
    MapData getMap(int index) {
      int start = offsets.start(index);
      int size = offsets.start(index + 1) - start;
      return new ColumnarMap(
          new ColumnarArray(keys, start, size), new ColumnarArray(values, start, size));
    }
  }

  /** Rows. */
  static final class Rows extends ColumnView {
    private final ColumnView[] fields;

    Rows(@Nullable Slice validity, ColumnView[] fields, ArrayData.ElementGetter getter) {
      super(validity, Slice.EMPTY, getter);
      this.fields = fields;
    }

    @Override
    RowData getRow(int index) {
      return new ColumnarRow(fields, index);
    }
  }
}
