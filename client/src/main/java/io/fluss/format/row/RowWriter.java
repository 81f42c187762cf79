package io.fluss.format.row;

import io.fluss.format.bytes.Bitmaps;
import io.fluss.format.bytes.ByteScratch;
import io.fluss.format.bytes.LittleEndian;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Writes some columns of rows as {@link RowLayout} says. Immutable. */
final class RowWriter {
  private final RowLayout layout;
  private final ValueWriter[] columns;
  private final int[] positions;

  private RowWriter(RowLayout layout, ValueWriter[] columns, int[] positions) {
    this.layout = layout;
    this.columns = columns;
    this.positions = positions;
  }

  static RowWriter of(RowType type, int[] positions) {
    return of("", type, positions.clone());
  }

  /** The writer of all columns of a nested row. */
  static RowWriter nested(String path, RowType type) {
    return of(path + ".", type, IntStream.range(0, type.getFieldCount()).toArray());
  }

  private static RowWriter of(String prefix, RowType type, int[] positions) {
    List<RowType.RowField> fields = type.getFields();
    ValueWriter[] columns = new ValueWriter[positions.length];
    for (int i = 0; i < columns.length; i++) {
      RowType.RowField field = fields.get(positions[i]);
      columns[i] = ValueWriter.of(prefix + field.getName(), field.getType());
    }
    RowLayout layout = RowLayout.of(Arrays.stream(positions).mapToObj(type::getTypeAt).toList());
    return new RowWriter(layout, columns, positions);
  }

  void write(RowData row, ByteScratch out) {
    int start = out.extendWithZeros(layout.fixedSize());
    int dataStart = out.size();
    for (int i = 0; i < columns.length; i++) {
      int slot = start + layout.slot(i);
      if (row.isNullAt(positions[i])) {
        columns[i].checkNullable();
        Bitmaps.set(out.bytes(), start, i);
      } else {
        columns[i].write(row, positions[i], out, slot);
      }
      if (layout.type(i).variable()) {
        LittleEndian.putInt(out.bytes(), slot, out.size() - dataStart);
      }
    }
  }
}
