package io.fluss.merge;

import io.fluss.format.row.EncodedRow;
import io.fluss.format.row.ValueKind;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Puts the values of one column set where they belong in a full row. One thread. */
final class CoveredColumns {

  private static final int MISSING = -1;

  private final List<Integer> fieldIds;
  private final ValueVersions values;

  /** Those of the full row that the column set covers. */
  private final int[] columns;

  /** By schema version, for each of them: where it is in the value. Made when first needed. */
  private final int[][] positions;

  /**
   * @param fieldIds of the columns of the full row
   * @param covered field ids of the column set's columns
   */
  CoveredColumns(
      List<Integer> fieldIds, Collection<Integer> covered, ValueVersions values, int versions) {
    this.fieldIds = fieldIds;
    this.values = values;
    this.columns =
        IntStream.range(0, fieldIds.size())
            .filter(i -> covered.contains(fieldIds.get(i)))
            .toArray();
    this.positions = new int[versions + 1][];
  }

  /** Sets the columns to what the layer under the cursor says: in it, or null. */
  void set(ComposedRow row, byte[] state, LayerCursor layer) {
    if (layer.kind() != ValueKind.ROW) {
      for (int column : columns) {
        row.set(column, null, MISSING);
      }
      return;
    }
    ValueColumns reader = values.of(state, layer.start(), layer.end());
    EncodedRow value = reader.reader().read(state, layer.start(), layer.end());
    int[] places = positions(reader);
    for (int i = 0; i < columns.length; i++) {
      row.set(columns[i], places[i] < 0 ? null : value, places[i]);
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

  private int[] positions(ValueColumns reader) {
    int[] known = positions[reader.version()];
    if (known == null) {
      known = IntStream.of(columns).map(c -> reader.positionOf(fieldIds.get(c))).toArray();
      positions[reader.version()] = known;
    }
    return known;
  }
}
