package io.fluss.lake.iceberg.parquet;

import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.VectorizedReader;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/**
 * Reads a Parquet file in batches for Iceberg's Parquet reader, which passes over row groups that a
 * filter excludes. One thread.
 */
public final class RowBatchReader implements VectorizedReader<RowBatch> {

  private final MessageType file;
  private final Column[] columns;
  private final RowBatch batch;
  private long nextPosition;

  private RowBatchReader(MessageType file, Column[] columns) {
    this.file = file;
    this.columns = columns;
    this.batch = new RowBatch(columns);
  }

  /**
   * A reader of rows of this type.
   *
   * @param schema Iceberg's form of the row type, in the same order
   * @param file schema of the file, with field ids
   * @param constants values of columns that the file need not have, by field id, in Flink's form;
   *     other columns that it does not have are null
   */
  public static RowBatchReader of(
      RowType rows, Schema schema, MessageType file, Map<Integer, Object> constants) {
    return new RowBatchReader(file, new Columns(file, constants).of(rows, schema.columns()));
  }

  @Override
  public void setBatchSize(int rows) {
    // batches are as large as asked for
  }

  @Override
  public void setRowGroupInfo(PageReadStore pages, Map<ColumnPath, ColumnChunkMetaData> metadata) {
    nextPosition =
        pages
            .getRowIndexOffset()
            .orElseThrow(
                () -> new IllegalStateException("The reader does not tell where a row group is"));
    ColumnReadStore stores = new ColumnReadStoreImpl(pages, new NoConverter(), file, null);
    for (Column column : columns) {
      column.bind(stores);
    }
  }

  @Override
  public RowBatch read(@Nullable RowBatch reuse, int rows) {
    batch.load(nextPosition, rows);
    nextPosition += rows;
    return batch;
  }

  @Override
  public void close() {
    // holds nothing that needs closing
  }

  /** Column readers want to have converters; values are taken from them directly here. */
  private static final class NoConverter extends GroupConverter {

    private static final PrimitiveConverter NO_VALUES = new PrimitiveConverter() {};

    @Override
    public Converter getConverter(int field) {
      return new Converter() {
        @Override
        public boolean isPrimitive() {
          return true;
        }

        @Override
        public PrimitiveConverter asPrimitiveConverter() {
          return NO_VALUES;
        }

        @Override
        public GroupConverter asGroupConverter() {
          return NoConverter.this;
        }
      };
    }

    @Override
    public void start() {
      // no records are made
    }

    @Override
    public void end() {
      // no records are made
    }
  }
}
