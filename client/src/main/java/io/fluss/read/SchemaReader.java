package io.fluss.read;

import io.fluss.FlussException;
import io.fluss.format.arrow.ArrowBatchDecoder;
import io.fluss.format.arrow.ArrowRows;
import io.fluss.table.SchemaVersion;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;

/**
 * Reads bodies that were written with one schema version as rows of the table's current schema.
 *
 * <p>Columns are matched by field id. A column that did not exist yet is null.
 */
final class SchemaReader {

  private final ArrowBatchDecoder decoder;

  /** Position in the decoded row of each selected field, -1 where it is absent; empty: the same. */
  private final int[] positions;

  private SchemaReader(ArrowBatchDecoder decoder, int[] positions) {
    this.decoder = decoder;
    this.positions = positions;
  }

  static SchemaReader of(TableInfo table, SchemaVersion writer, Selection.Fields selection) {
    List<Field> wanted = table.currentSchema().fields();
    int[] positions = new int[selection.paths().length];
    List<int[]> paths = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      int[] path = selection.paths()[i];
      int column = columnIn(writer, wanted.get(path[0]), table);
      positions[i] = column < 0 ? -1 : paths.size();
      if (column >= 0) {
        int[] writerPath = path.clone();
        writerPath[0] = column;
        paths.add(writerPath);
      }
    }
    boolean complete = paths.size() == positions.length;
    return new SchemaReader(
        ArrowBatchDecoder.of(writer.rowType(), paths.toArray(int[][]::new)),
        complete ? new int[0] : positions);
  }

  /**
   * Position of a column in an earlier schema, -1 where it did not have it yet.
   *
   * @throws FlussException where it was of another type
   */
  static int columnIn(SchemaVersion writer, Field wanted, TableInfo table) {
    for (int i = 0; i < writer.fields().size(); i++) {
      Field written = writer.fields().get(i);
      if (written.fieldId() == wanted.fieldId()) {
        if (!written.type().copy(true).equals(wanted.type().copy(true))) {
          throw new FlussException(
              "column '"
                  + wanted.name()
                  + "' of table '"
                  + table.path()
                  + "' was written as "
                  + written.type().asSummaryString()
                  + " and is "
                  + wanted.type().asSummaryString()
                  + " now; reading it with another type is not supported.");
        }
        return i;
      }
    }
    return -1;
  }

  BatchRows read(byte[] body) {
    ArrowRows rows = decoder.decode(body);
    return positions.length == 0 ? new Plain(rows) : new Widened(rows, positions);
  }

  /** The rows as they were written. */
  private record Plain(ArrowRows rows) implements BatchRows {
    @Override
    public int rowCount() {
      return rows.rowCount();
    }

    @Override
    public RowData row(int index) {
      return rows.row(index);
    }
  }

  /** Rows with nulls for columns that are younger than they are. */
  private record Widened(ArrowRows rows, int[] positions) implements BatchRows {
    @Override
    public int rowCount() {
      return rows.rowCount();
    }

    @Override
    public RowData row(int index) {
      return new WidenedRow(positions).replaceRow(rows.row(index));
    }

    @Override
    public String toString() {
      return "Widened" + Arrays.toString(positions);
    }
  }

  /** Asked for a column that is absent, Flink's class would ask the row for column -1. */
  private static final class WidenedRow extends ProjectedRowData {
    private final int[] positions;

    WidenedRow(int[] positions) {
      super(positions, true);
      this.positions = positions;
    }

    @Override
    public boolean isNullAt(int pos) {
      return positions[pos] < 0 || super.isNullAt(pos);
    }
  }
}
