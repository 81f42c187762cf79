package io.fluss.format.arrow;

import io.fluss.format.bytes.Bitmaps;
import javax.annotation.Nullable;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.types.logical.LogicalType;

/** Readers of columns without children. */
final class FlatReaders {
  private FlatReaders() {}

  /** Makes the view of a column of one data buffer. */
  interface ViewFactory {
    ColumnView create(@Nullable Slice validity, Slice data, ArrayData.ElementGetter getter);
  }

  /** Makes the view of a column of offsets and data. */
  interface VariableViewFactory {
    ColumnView create(
        @Nullable Slice validity, Offsets offsets, Slice data, ArrayData.ElementGetter getter);
  }

  /** Values that have the same number of bytes each. */
  static final class FixedWidth extends ColumnReader {
    private final int width;
    private final ViewFactory views;

    FixedWidth(Location location, LogicalType type, int width, ViewFactory views) {
      super(location, type);
      this.width = width;
      this.views = views;
    }

    @Override
    ColumnView read(
        BodyReader in, int length, @Nullable Slice validity, ArrayData.ElementGetter getter) {
      Slice data = in.buffer(buffer(1), (long) length * width, path(), "values");
      return views.create(validity, data, getter);
    }
  }

  /** Booleans. */
  static final class Bits extends ColumnReader {
    Bits(Location location, LogicalType type) {
      super(location, type);
    }

    @Override
    ColumnView read(
        BodyReader in, int length, @Nullable Slice validity, ArrayData.ElementGetter getter) {
      Slice data = in.buffer(buffer(1), Bitmaps.bytesFor(length), path(), "values");
      return new ColumnView(validity, data, getter);
    }
  }

  /** Strings and bytes. */
  static final class VariableWidth extends ColumnReader {
    private final VariableViewFactory views;

    VariableWidth(Location location, LogicalType type, VariableViewFactory views) {
      super(location, type);
      this.views = views;
    }

    @Override
    ColumnView read(
        BodyReader in, int length, @Nullable Slice validity, ArrayData.ElementGetter getter) {
      Offsets offsets = Offsets.read(in, buffer(1), length, path());
      Slice data = in.buffer(buffer(2), offsets.last(), path(), "data");
      return views.create(validity, offsets, data, getter);
    }
  }
}
