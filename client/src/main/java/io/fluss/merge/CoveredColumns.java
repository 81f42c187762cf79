package io.fluss.merge;

import io.fluss.format.row.EncodedRow;
import io.fluss.format.row.ValueKind;
import io.fluss.format.schema.ColumnMapping;
import io.fluss.table.SchemaVersion.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;

/** Puts the values of one column set where they belong in a full row. One thread. */
final class CoveredColumns {

  private static final int MISSING = -1;

  private final List<Field> covered;
  private final ValueVersions values;

  /** Where in the full row each covered column is. */
  private final int[] columns;

  /** By schema version: how the covered columns are read from its values; null until needed. */
  private Places[] places = {};

  /**
   * @param fields the columns of the full row
   * @param covered field ids of the column set's columns
   */
  CoveredColumns(List<Field> fields, Collection<Integer> covered, ValueVersions values) {
    this.values = values;
    this.columns =
        IntStream.range(0, fields.size())
            .filter(i -> covered.contains(fields.get(i).fieldId()))
            .toArray();
    this.covered = IntStream.of(columns).mapToObj(fields::get).toList();
  }

  /** Sets the columns to what the layer under the cursor says: in it, or null. */
  void set(ComposedRow row, byte[] state, LayerCursor layer) {
    if (layer.kind() != ValueKind.ROW) {
      for (int column : columns) {
        row.set(column, null, MISSING, false);
      }
      return;
    }
    ValueColumns reader = values.of(state, layer.start(), layer.end());
    EncodedRow value = reader.reader().read(state, layer.start(), layer.end());
    Places found = places(reader);
    RowData part = found.mapping.keepsTypes() ? value : found.mapping.unchecked(value);
    for (int i = 0; i < columns.length; i++) {
      row.set(
          columns[i],
          found.positions[i] < 0 ? null : part,
          found.positions[i],
          found.mapping.mayLack(i));
    }
  }

  /**
   * Looks at a value before it becomes a layer: later nobody would know which record it was.
   *
   * @throws io.fluss.format.CorruptBatchException where it is damaged
   */
  void requireReadable(byte[] value) {
    values.of(value, 0, value.length).reader().read(value, 0, value.length);
  }

  private Places places(ValueColumns reader) {
    int version = reader.version();
    if (version >= places.length) {
      places = Arrays.copyOf(places, version + 1);
    }
    if (places[version] == null) {
      places[version] = Places.of(reader.fields(), covered);
    }
    return places[version];
  }

  /**
   * @param mapping of values to the covered columns
   * @param positions where each of these is: in the value if its types stay, else in the mapped row
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Places(ColumnMapping mapping, int[] positions) {

    static Places of(List<Field> written, List<Field> covered) {
      ColumnMapping mapping = ColumnMapping.of(written, covered);
      int[] positions =
          covered.stream().mapToInt(f -> ColumnMapping.positionOf(f, written)).toArray();
      if (!mapping.keepsTypes()) {
        for (int i = 0; i < positions.length; i++) {
          positions[i] = positions[i] < 0 ? MISSING : i;
        }
      }
      return new Places(mapping, positions);
    }
  }
}
