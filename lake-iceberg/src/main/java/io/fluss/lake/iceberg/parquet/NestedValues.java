package io.fluss.lake.iceberg.parquet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;

/**
 * Values that are nested or within nested ones, put together from the levels of their columns. Each
 * {@link #next} takes one value from all columns below. One thread.
 */
abstract class NestedValues {

  abstract void bind(ColumnReadStore stores);

  /** The next value in Flink's internal form; null where there is none. */
  @Nullable
  abstract Object next();

  /** Passes over a value that is absent in all columns. */
  abstract void skipAbsent();

  /** A column below, whose levels tell whether this value is there and whether it goes on. */
  abstract ColumnReader anyColumn();

  static final class Leaf extends NestedValues {

    private final ColumnDescriptor descriptor;
    private final Function<ColumnReader, Object> value;
    private ColumnReader reader;

    Leaf(ColumnDescriptor descriptor, Function<ColumnReader, Object> value) {
      this.descriptor = descriptor;
      this.value = value;
    }

    @Override
    void bind(ColumnReadStore stores) {
      reader = stores.getColumnReader(descriptor);
    }

    @Nullable
    @Override
    Object next() {
      boolean present = reader.getCurrentDefinitionLevel() == descriptor.getMaxDefinitionLevel();
      Object next = present ? value.apply(reader) : null;
      reader.consume();
      return next;
    }

    @Override
    void skipAbsent() {
      reader.consume();
    }

    @Override
    ColumnReader anyColumn() {
      return reader;
    }
  }

  static final class Struct extends NestedValues {

    private final int presentLevel;
    private final List<NestedValues> fields;
    private final int[] positions;
    private final int arity;

    /**
     * @param fields those that the file has, at least one
     * @param positions where in the row each of them is
     * @param arity of the row; fields that the file does not have are null
     */
    Struct(int presentLevel, List<NestedValues> fields, int[] positions, int arity) {
      this.presentLevel = presentLevel;
      this.fields = fields;
      this.positions = positions;
      this.arity = arity;
    }

    @Override
    void bind(ColumnReadStore stores) {
      fields.forEach(f -> f.bind(stores));
    }

    @Nullable
    @Override
    Object next() {
      if (anyColumn().getCurrentDefinitionLevel() < presentLevel) {
        skipAbsent();
        return null;
      }
      GenericRowData row = new GenericRowData(arity);
      for (int i = 0; i < positions.length; i++) {
        row.setField(positions[i], fields.get(i).next());
      }
      return row;
    }

    @Override
    void skipAbsent() {
      fields.forEach(NestedValues::skipAbsent);
    }

    @Override
    ColumnReader anyColumn() {
      return fields.get(0).anyColumn();
    }
  }

  static final class Elements extends NestedValues {

    private final int presentLevel;
    private final int repetitionLevel;
    private final NestedValues element;

    /**
     * @param presentLevel definition level where the array is there, be it empty
     * @param repetitionLevel of its second element
     */
    Elements(int presentLevel, int repetitionLevel, NestedValues element) {
      this.presentLevel = presentLevel;
      this.repetitionLevel = repetitionLevel;
      this.element = element;
    }

    @Override
    void bind(ColumnReadStore stores) {
      element.bind(stores);
    }

    @Nullable
    @Override
    Object next() {
      int level = anyColumn().getCurrentDefinitionLevel();
      if (level <= presentLevel) {
        skipAbsent();
        return level < presentLevel ? null : new GenericArrayData(new Object[0]);
      }
      List<Object> elements = new ArrayList<>();
      do {
        elements.add(element.next());
      } while (anyColumn().getCurrentRepetitionLevel() == repetitionLevel);
      return new GenericArrayData(elements.toArray());
    }

    @Override
    void skipAbsent() {
      element.skipAbsent();
    }

    @Override
    ColumnReader anyColumn() {
      return element.anyColumn();
    }
  }

  static final class Entries extends NestedValues {

    private final int presentLevel;
    private final int repetitionLevel;
    private final NestedValues key;
    private final NestedValues value;

    /** See {@link Elements}. */
    Entries(int presentLevel, int repetitionLevel, NestedValues key, NestedValues value) {
      this.presentLevel = presentLevel;
      this.repetitionLevel = repetitionLevel;
      this.key = key;
      this.value = value;
    }

    @Override
    void bind(ColumnReadStore stores) {
      key.bind(stores);
      value.bind(stores);
    }

    @Nullable
    @Override
    Object next() {
      int level = anyColumn().getCurrentDefinitionLevel();
      if (level <= presentLevel) {
        skipAbsent();
        return level < presentLevel ? null : new GenericMapData(Map.of());
      }
      Map<Object, Object> entries = new LinkedHashMap<>();
      do {
        entries.put(key.next(), value.next());
      } while (anyColumn().getCurrentRepetitionLevel() == repetitionLevel);
      return new GenericMapData(entries);
    }

    @Override
    void skipAbsent() {
      key.skipAbsent();
      value.skipAbsent();
    }

    @Override
    ColumnReader anyColumn() {
      return key.anyColumn();
    }
  }
}
