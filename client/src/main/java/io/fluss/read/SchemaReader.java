package io.fluss.read;

import io.fluss.FlussException;
import io.fluss.format.arrow.ArrowBatchDecoder;
import io.fluss.format.arrow.ArrowRows;
import io.fluss.format.schema.ColumnMapping;
import io.fluss.table.SchemaVersion;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Reads bodies that were written with one schema version as rows of the schema that the table had
 * when the read was planned, see {@link ColumnMapping}.
 */
final class SchemaReader {

  private final ArrowBatchDecoder decoder;
  private final ColumnMapping mapping;

  private SchemaReader(ArrowBatchDecoder decoder, ColumnMapping mapping) {
    this.decoder = decoder;
    this.mapping = mapping;
  }

  /**
   * @param writer the schema of the bodies, older or newer than the table's
   * @throws FlussException where a column has another type there, which is none that it can be read
   *     as
   */
  static SchemaReader of(TableInfo table, SchemaVersion writer, Selection.Fields selection) {
    List<Field> columns = table.currentSchema().fields();
    List<int[]> paths = new ArrayList<>();
    List<Field> written = new ArrayList<>();
    List<Field> wanted = new ArrayList<>();
    for (int i = 0; i < selection.paths().length; i++) {
      int[] path = selection.paths()[i];
      Field column = columns.get(path[0]);
      wanted.add(new Field(i, column.name(), typeAt(column.type(), path)));
      int position = ColumnMapping.positionOf(column, writer.fields());
      if (position >= 0) {
        Field found = writer.fields().get(position);
        ColumnMapping.of(List.of(found), List.of(column));
        written.add(new Field(i, column.name(), typeAt(found.type(), path)));
        int[] writerPath = path.clone();
        writerPath[0] = position;
        paths.add(writerPath);
      }
    }
    return new SchemaReader(
        ArrowBatchDecoder.of(writer.rowType(), paths.toArray(int[][]::new)),
        ColumnMapping.of(written, wanted));
  }

  /** Type of a field, which may be null where a row around it may be. */
  private static LogicalType typeAt(LogicalType column, int[] path) {
    LogicalType type = column;
    boolean nullable = type.isNullable();
    for (int i = 1; i < path.length; i++) {
      type = ((RowType) type).getTypeAt(path[i]);
      nullable |= type.isNullable();
    }
    return type.copy(nullable);
  }

  BatchRows read(byte[] body) {
    ArrowRows rows = decoder.decode(body);
    return mapping.isIdentity() ? new Plain(rows) : new Mapped(rows, mapping);
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

  /** Rows of another schema. */
  private record Mapped(ArrowRows rows, ColumnMapping mapping) implements BatchRows {
    @Override
    public int rowCount() {
      return rows.rowCount();
    }

    @Override
    public RowData row(int index) {
      return mapping.row(rows.row(index));
    }
  }
}
