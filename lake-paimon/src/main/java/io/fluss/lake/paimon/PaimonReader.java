package io.fluss.lake.paimon;

import io.fluss.lake.LakeReader;
import io.fluss.read.BatchRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.columnar.ColumnarRow;
import org.apache.paimon.data.columnar.VectorizedColumnBatch;
import org.apache.paimon.data.columnar.VectorizedRowIterator;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.types.RowType;

/**
 * Reads a split. Where Paimon reads files column by column, its batches are handed on as they are;
 * where it merges them row by row into rows that it uses again, they are copied.
 */
final class PaimonReader implements LakeReader {

  private static final int COPIED_ROWS = 1024;

  private final String table;
  private final RecordReader<InternalRow> reader;
  private final InternalRowSerializer copies;
  private final boolean counts;
  @Nullable private RecordReader.RecordIterator<InternalRow> iterator;

  /**
   * @param type of the rows
   * @param counts whether rows shall have no columns
   */
  PaimonReader(String table, RecordReader<InternalRow> reader, RowType type, boolean counts) {
    this.table = table;
    this.reader = reader;
    this.copies = new InternalRowSerializer(type);
    this.counts = counts;
  }

  @Nullable
  @Override
  public BatchRows next() {
    try {
      BatchRows batch = nextBatch();
      return batch == null || !counts ? batch : new CountReader.Counted(batch.rowCount());
    } catch (IOException | RuntimeException e) {
      throw PaimonFailure.ofRead(table, e);
    }
  }

  @Nullable
  private BatchRows nextBatch() throws IOException {
    while (true) {
      if (iterator instanceof VectorizedRowIterator) {
        release();
      }
      if (iterator == null) {
        iterator = reader.readBatch();
        if (iterator == null) {
          return null;
        }
      }
      BatchRows batch =
          iterator instanceof VectorizedRowIterator vectors
              ? new Columns(vectors.batch())
              : copied(iterator);
      if (batch.rowCount() > 0) {
        return batch;
      }
      release();
    }
  }

  private void release() {
    iterator.releaseBatch();
    iterator = null;
  }

  private BatchRows copied(RecordReader.RecordIterator<InternalRow> rows) throws IOException {
    List<RowData> copied = new ArrayList<>();
    while (copied.size() < COPIED_ROWS) {
      InternalRow row = rows.next();
      if (row == null) {
        break;
      }
      copied.add(new FlinkRow(copies.copy(row)));
    }
    return new Copies(copied);
  }

  @Override
  public void close() {
    try {
      if (iterator != null) {
        release();
      }
      reader.close();
    } catch (IOException e) {
      throw PaimonFailure.of("Lake table '" + table + "' cannot be closed", e);
    }
  }

  private record Columns(VectorizedColumnBatch batch) implements BatchRows {
    @Override
    public int rowCount() {
      return batch.getNumRows();
    }

    @Override
    public RowData row(int index) {
      return new FlinkRow(new ColumnarRow(batch, index));
    }
  }

  private record Copies(List<RowData> rows) implements BatchRows {
    @Override
    public int rowCount() {
      return rows.size();
    }

    @Override
    public RowData row(int index) {
      return rows.get(index);
    }
  }
}
