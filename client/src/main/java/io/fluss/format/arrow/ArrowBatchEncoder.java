package io.fluss.format.arrow;

import io.fluss.format.batch.HeaderField;
import io.fluss.format.batch.StatisticsWriter;
import java.util.Objects;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Gathers rows column by column and makes them into one encapsulated Arrow IPC record batch message
 * without dictionaries. The row kind is not stored.
 *
 * <p>Not thread-safe. The creator closes it, which returns all buffers to the pool; the pool may be
 * shared with other encoders of the same thread.
 */
public final class ArrowBatchEncoder implements AutoCloseable {
  private final ArrowCompression compression;
  private final ZstdLevels zstdLevels;
  private final BufferPool pool;
  private final ColumnWriter[] columns;
  private int rowCount;

  /**
   * @throws IllegalArgumentException naming the first column whose type cannot be stored
   */
  public ArrowBatchEncoder(RowType rowType, ArrowCompression compression, BufferPool pool) {
    this.compression = compression;
    this.zstdLevels = ZstdLevels.upTo(compression.level());
    this.pool = pool;
    this.columns = new ColumnWriters(pool).ofFields("", rowType);
  }

  /**
   * Copies the row's values. If it throws, the row is not in the batch and the rows before it are
   * intact.
   *
   * @throws IllegalArgumentException if a value does not fit its column
   * @throws IllegalStateException if a column would grow over 2 GiB
   */
  public void append(RowData row) {
    ColumnWriter[] writers = columns;
    boolean complete = false;
    try {
      for (int i = 0; i < writers.length; i++) {
        writers[i].append(row, i);
      }
      rowCount++;
      complete = true;
    } finally {
      if (!complete) {
        rewind();
      }
    }
  }

  private void rewind() {
    for (ColumnWriter column : columns) {
      column.rewind(rowCount);
    }
  }

  public int rowCount() {
    return rowCount;
  }

  /** Uncompressed bytes gathered since the last reset, without padding; cheap enough per row. */
  public long bodyBytes() {
    long bytes = 0;
    for (ColumnWriter column : columns) {
      bytes += column.gatheredBytes();
    }
    return bytes;
  }

  /** Bytes held from the pool. */
  public long allocatedBytes() {
    long bytes = 0;
    for (ColumnWriter column : columns) {
      bytes += column.allocatedBytes();
    }
    return bytes;
  }

  /** The message of all rows. The rows stay until {@link #reset}. */
  public byte[] encode() {
    return encode(0, rowCount);
  }

  /**
   * The message of some rows, for a batch that has to be split.
   *
   * @param fromRow the first row
   * @param toRow the row after the last
   */
  public byte[] encode(int fromRow, int toRow) {
    try (BufferCompressor compressor = ArrowCodecs.compressor(compression.codec(), zstdLevels)) {
      return encode(compressor, fromRow, toRow);
    }
  }

  /**
   * The message of some rows as one zstd frame, see {@link ZstdMessage}: smaller than {@link
   * #encode} where the rows are few.
   *
   * @throws IllegalStateException if the encoder's compression is not zstd
   */
  public byte[] encodeAsOneFrame(int fromRow, int toRow) {
    if (compression.codec() != ArrowCompression.Codec.ZSTD) {
      throw new IllegalStateException("A zstd frame was asked for, with " + compression);
    }
    return ZstdMessage.compress(encode(BufferCompressor.NONE, fromRow, toRow), compression.level());
  }

  /**
   * The statistics of some rows.
   *
   * @param positions the columns to tell of, rising
   */
  public HeaderField statistics(int[] positions, int fromRow, int toRow) {
    Objects.checkFromToIndex(fromRow, toRow, rowCount);
    StatisticsWriter out = new StatisticsWriter();
    for (int position : positions) {
      columns[position].describeTo(out, position, fromRow, toRow);
    }
    return out.toField();
  }

  private byte[] encode(BufferCompressor compressor, int fromRow, int toRow) {
    Objects.checkFromToIndex(fromRow, toRow, rowCount);
    try (BodyWriter body = new BodyWriter(compressor, pool)) {
      for (ColumnWriter column : columns) {
        column.writeTo(body, fromRow, toRow);
      }
      return body.message(toRow - fromRow);
    }
  }

  /** Forgets the rows and gives all but small buffers back to the pool. */
  public void reset() {
    for (ColumnWriter column : columns) {
      column.reset();
    }
    rowCount = 0;
  }

  /** Returns every buffer to the pool. */
  @Override
  public void close() {
    for (ColumnWriter column : columns) {
      column.close();
    }
    rowCount = 0;
  }
}
