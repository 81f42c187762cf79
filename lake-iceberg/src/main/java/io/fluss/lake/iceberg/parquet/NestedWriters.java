package io.fluss.lake.iceberg.parquet;

import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.FieldMetrics;
import org.apache.parquet.column.ColumnWriteStore;

/** Writers of rows, arrays and maps within rows. */
final class NestedWriters {

  private NestedWriters() {}

  static final class StructWriter extends FieldWriter {

    private final FieldWriter[] fields;

    StructWriter(String name, boolean optional, int presentLevel, List<FieldWriter> fields) {
      super(name, optional, presentLevel);
      this.fields = fields.toArray(FieldWriter[]::new);
    }

    @Override
    void bind(ColumnWriteStore stores) {
      for (FieldWriter field : fields) {
        field.bind(stores);
      }
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      RowData struct = row.getRow(position, fields.length);
      for (int i = 0; i < fields.length; i++) {
        fields[i].write(repetitionLevel, struct, i);
      }
    }

    @Override
    void writeAbsent(int repetitionLevel, int definitionLevel) {
      for (FieldWriter field : fields) {
        field.writeAbsent(repetitionLevel, definitionLevel);
      }
    }

    @Override
    Stream<FieldMetrics<?>> metrics() {
      return Stream.of(fields).flatMap(FieldWriter::metrics);
    }
  }

  static final class ListWriter extends FieldWriter {

    private final FieldWriter element;
    private final int presentLevel;
    private final int repetitionLevelOfElements;

    ListWriter(
        String name,
        boolean optional,
        int presentLevel,
        int repetitionLevelOfElements,
        FieldWriter element) {
      super(name, optional, presentLevel);
      this.element = element;
      this.presentLevel = presentLevel;
      this.repetitionLevelOfElements = repetitionLevelOfElements;
    }

    @Override
    void bind(ColumnWriteStore stores) {
      element.bind(stores);
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      ArrayData array = row.getArray(position);
      if (array.size() == 0) {
        element.writeAbsent(repetitionLevel, presentLevel);
        return;
      }
      RowData elements = new ElementsAsRow(array);
      for (int i = 0; i < array.size(); i++) {
        element.write(i == 0 ? repetitionLevel : repetitionLevelOfElements, elements, i);
      }
    }

    @Override
    void writeAbsent(int repetitionLevel, int definitionLevel) {
      element.writeAbsent(repetitionLevel, definitionLevel);
    }
  }

  static final class MapWriter extends FieldWriter {

    private final FieldWriter key;
    private final FieldWriter value;
    private final int presentLevel;
    private final int repetitionLevelOfEntries;

    MapWriter(
        String name,
        boolean optional,
        int presentLevel,
        int repetitionLevelOfEntries,
        FieldWriter key,
        FieldWriter value) {
      super(name, optional, presentLevel);
      this.key = key;
      this.value = value;
      this.presentLevel = presentLevel;
      this.repetitionLevelOfEntries = repetitionLevelOfEntries;
    }

    @Override
    void bind(ColumnWriteStore stores) {
      key.bind(stores);
      value.bind(stores);
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      MapData map = row.getMap(position);
      if (map.size() == 0) {
        writeAbsent(repetitionLevel, presentLevel);
        return;
      }
      RowData keys = new ElementsAsRow(map.keyArray());
      RowData values = new ElementsAsRow(map.valueArray());
      for (int i = 0; i < map.size(); i++) {
        int level = i == 0 ? repetitionLevel : repetitionLevelOfEntries;
        key.write(level, keys, i);
        value.write(level, values, i);
      }
    }

    @Override
    void writeAbsent(int repetitionLevel, int definitionLevel) {
      key.writeAbsent(repetitionLevel, definitionLevel);
      value.writeAbsent(repetitionLevel, definitionLevel);
    }
  }
}
