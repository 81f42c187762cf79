/**
 * Rows to Arrow record batches and back, over {@code byte[]}: our own codec, so that columns which
 * a query does not name are never touched and rows are read in place.
 *
 * <p>Imports {@code io.fluss.format}, {@code format.batch} for statistics, Flink's row and type
 * model, Arrow's flatbuffers classes and the compressors. Writing starts at {@link
 * io.fluss.format.arrow.ArrowBatchEncoder} (a {@code ColumnWriter} per column, then {@code
 * BodyWriter} and {@code BatchMessage}), reading at {@link io.fluss.format.arrow.ArrowBatchDecoder}
 * ({@code BatchMetadata}, {@code BodyReader}, then a {@code ColumnView} per column under {@link
 * io.fluss.format.arrow.ArrowRows}).
 */
@ParametersAreNonnullByDefault
package io.fluss.format.arrow;

import javax.annotation.ParametersAreNonnullByDefault;
