package io.fluss.format.arrow;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.UnsupportedFormatException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.RowType;

/**
 * Reads encapsulated Arrow IPC record batch messages of one schema, and of their columns only those
 * that are projected: the buffers of others are neither decompressed nor looked at.
 *
 * <p>Immutable and thread-safe.
 */
public final class ArrowBatchDecoder {
  private final RowType projectedType;
  private final ProjectedColumn[] columns;
  private final int nodes;
  private final int buffers;

  private ArrowBatchDecoder(RowType writerType, int[][] projection) {
    this.projectedType = ProjectedTypes.project(writerType, projection);
    ColumnReaders readers = new ColumnReaders();
    ColumnReader[] all = readers.ofFields("", writerType);
    this.columns =
        Arrays.stream(projection)
            .map(path -> ProjectedColumn.of(all, path))
            .toArray(ProjectedColumn[]::new);
    this.nodes = readers.nodes();
    this.buffers = readers.buffers();
  }

  /** Reads all columns. */
  public static ArrowBatchDecoder of(RowType writerType) {
    int[][] all =
        IntStream.range(0, writerType.getFieldCount())
            .mapToObj(i -> new int[] {i})
            .toArray(int[][]::new);
    return of(writerType, all);
  }

  /**
   * Reads some columns, in the order given; none is allowed, if only the row count matters.
   *
   * @param writerType the type the batches were written with
   * @param projection a path of field indexes per column, through rows within rows. A nested column
   *     is null where one of its parents is.
   * @throws IllegalArgumentException if a path leads to no field or a type is not supported
   */
  public static ArrowBatchDecoder of(RowType writerType, int[][] projection) {
    return new ArrowBatchDecoder(writerType, projection);
  }

  /**
   * Checks the message as far as it is needed and decompresses the projected columns. The rows read
   * the message's bytes, so the caller must not change them.
   *
   * @throws CorruptBatchException if the message is damaged or of another schema
   * @throws UnsupportedFormatException if it is sound, but uses what is not supported here
   */
  public ArrowRows decode(byte[] message) {
    BatchMetadata metadata = BatchMetadata.parse(message, nodes, buffers);
    try (BufferDecompressor decompressor = ArrowCodecs.decompressor(metadata.codec())) {
      BodyReader body = new BodyReader(message, metadata, decompressor);
      ColumnView[] views = new ColumnView[columns.length];
      for (int i = 0; i < views.length; i++) {
        views[i] = columns[i].read(body);
      }
      return new ArrowRows(views, metadata.rowCount());
    }
  }

  /** The type of the rows; a nested column is named by its path, joined with underscores. */
  public RowType projectedType() {
    return projectedType;
  }
}
