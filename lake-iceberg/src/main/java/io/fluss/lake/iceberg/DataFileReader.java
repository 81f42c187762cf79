package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import io.fluss.lake.iceberg.parquet.RowBatch;
import io.fluss.lake.iceberg.parquet.RowBatchReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/** Reads the rows of a part of a data file that are not deleted, in their order. One thread. */
final class DataFileReader implements Closeable {

  private static final int BATCH_ROWS = 4096;

  private final CloseableIterable<RowBatch> file;
  private final CloseableIterator<RowBatch> batches;
  private final SelectedRows rows;

  private DataFileReader(CloseableIterable<RowBatch> file, SelectedRows rows) {
    this.file = file;
    this.batches = file.iterator();
    this.rows = rows;
  }

  /**
   * @param rowType of the rows wanted
   * @param schema the columns of the row type, with the table's ids; one at least
   * @param filter about columns of the schema; row groups without rows that match may be left out
   */
  static DataFileReader open(
      Table table, FileTask task, RowType rowType, Schema schema, Expression filter) {
    if (task.file().format() != FileFormat.PARQUET) {
      throw unreadable(table, task, "is in format " + task.file().format() + ", not PARQUET");
    }
    if (task.hasEqualityDeletes()) {
      throw unreadable(table, task, "has equality deletes, which are not applied here");
    }
    Parquet.ReadBuilder builder =
        Parquet.read(table.io().newInputFile(task.file()))
            .project(schema)
            .split(task.start(), task.length())
            .filter(filter)
            .recordsPerBatch(BATCH_ROWS)
            .createBatchedReaderFunc(
                type ->
                    RowBatchReader.of(
                        rowType, schema, type, constants(table, schema, task, rowType)));
    String mapping = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    if (mapping != null) {
      builder.withNameMapping(NameMappingParser.fromJson(mapping));
    }
    return new DataFileReader(builder.build(), new SelectedRows(deleted(table, task)));
  }

  private static FlussException unreadable(Table table, FileTask task, String what) {
    return new FlussException(
        "A data file of lake table '"
            + table.name()
            + "' that somebody else has written "
            + what
            + ": "
            + task.file().location()
            + ". Rewrite the data files of the lake table.");
  }

  private static PositionDeleteIndex deleted(Table table, FileTask task) {
    return deleted(table, task.file().location(), task.deletes());
  }

  /** The positions that are deleted of a file. */
  static PositionDeleteIndex deleted(Table table, String location, List<DeleteFile> deletes) {
    return deletes.isEmpty()
        ? PositionDeleteIndex.empty()
        : new BaseDeleteLoader(file -> table.io().newInputFile(file))
            .loadPositionDeletes(deletes, location);
  }

  /** What partition values tell of columns that a file need not have. */
  private static Map<Integer, Object> constants(
      Table table, Schema schema, FileTask task, RowType rowType) {
    Map<Integer, Object> constants = new HashMap<>();
    PartitionSpec spec = table.specs().get(task.file().specId());
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      Types.NestedField column = schema.findField(field.sourceId());
      int position = column == null ? -1 : rowType.getFieldIndex(column.name());
      Object value = task.file().partition().get(i, Object.class);
      if (field.transform().isIdentity() && position >= 0 && value != null) {
        Object internal = IcebergValues.toFlink(rowType.getTypeAt(position), value);
        constants.put(
            field.sourceId(),
            internal instanceof Byte || internal instanceof Short ? value : internal);
      }
    }
    return constants;
  }

  /**
   * The next rows, some or none; valid until the next call.
   *
   * @return null at the end
   */
  @Nullable
  SelectedRows next() {
    return batches.hasNext() ? rows.of(batches.next()) : null;
  }

  @Override
  public void close() throws IOException {
    batches.close();
    file.close();
  }
}
