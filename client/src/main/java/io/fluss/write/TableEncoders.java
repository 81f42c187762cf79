package io.fluss.write;

import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.ArrowCompression;
import io.fluss.format.arrow.BufferPool;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.types.logical.RowType;

/** Makes encoders for a table's current schema, with the compression the table asks for. */
final class TableEncoders implements Supplier<ArrowBatchEncoder> {

  private final RowType rowType;
  private final ArrowCompression compression;
  private final BufferPool pool;

  TableEncoders(TableInfo table, BufferPool pool) {
    this.rowType = table.rowType();
    this.compression = compression(Configuration.fromMap(table.options()));
    this.pool = pool;
  }

  ArrowCompression compression() {
    return compression;
  }

  @Override
  public ArrowBatchEncoder get() {
    return new ArrowBatchEncoder(rowType, compression, pool);
  }

  private static ArrowCompression compression(Configuration options) {
    return switch (options.get(TableOptions.ARROW_COMPRESSION_TYPE)) {
      case NONE -> ArrowCompression.none();
      case LZ4_FRAME -> ArrowCompression.lz4Frame();
      case ZSTD -> ArrowCompression.zstd(options.get(TableOptions.ARROW_ZSTD_LEVEL));
    };
  }
}
