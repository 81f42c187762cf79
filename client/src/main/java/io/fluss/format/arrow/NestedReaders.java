package io.fluss.format.arrow;

import javax.annotation.Nullable;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.types.logical.LogicalType;

/** Readers of columns that have children. */
final class NestedReaders {
  private NestedReaders() {}

  /** Arrays. */
  static final class Lists extends ColumnReader {
    private final ColumnReader elements;

    Lists(Location location, LogicalType type, ColumnReader elements) {
      super(location, type);
      this.elements = elements;
    }

    @Override
    ColumnView read(
        BodyReader in, int length, @Nullable Slice validity, ArrayData.ElementGetter getter) {
      Offsets offsets = Offsets.read(in, buffer(1), length, path());
      int elementCount = in.childLength(elements.node(), offsets.last(), elements.path());
      ColumnView elementView = elements.read(in, elementCount, null);
      return new NestedViews.Arrays(validity, offsets, elementView, getter);
    }
  }

  /** Maps. Entries are never null, so their validity is not read. */
  static final class Maps extends ColumnReader {
    private final int entriesNode;
    private final ColumnReader keys;
    private final ColumnReader values;

    Maps(
        Location location,
        LogicalType type,
        int entriesNode,
        ColumnReader keys,
        ColumnReader values) {
      super(location, type);
      this.entriesNode = entriesNode;
      this.keys = keys;
      this.values = values;
    }

    @Override
    ColumnView read(
        BodyReader in, int length, @Nullable Slice validity, ArrayData.ElementGetter getter) {
      Offsets offsets = Offsets.read(in, buffer(1), length, path());
      int entryCount = in.childLength(entriesNode, offsets.last(), path());
      ColumnView keyView = keys.read(in, entryCount, null);
      ColumnView valueView = values.read(in, entryCount, null);
      return new NestedViews.Maps(validity, offsets, keyView, valueView, getter);
    }
  }

  /** Rows within rows. */
  static final class Structs extends ColumnReader {
    private final ColumnReader[] fields;

    Structs(Location location, LogicalType type, ColumnReader[] fields) {
      super(location, type);
      this.fields = fields;
    }

    ColumnReader field(int index) {
      return fields[index];
    }

    @Override
    ColumnView read(
        BodyReader in, int length, @Nullable Slice validity, ArrayData.ElementGetter getter) {
      ColumnView[] views = new ColumnView[fields.length];
      for (int i = 0; i < views.length; i++) {
        views[i] = fields[i].read(in, length, null);
      }
      return new NestedViews.Rows(validity, views, getter);
    }
  }
}
