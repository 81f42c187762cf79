/**
 * Rows in Parquet files, by Iceberg's file writers and readers: Flink's rows in, batches of columns
 * out, without an object for each value.
 *
 * <pre>
 *   row of the lake table -> RowParquetWriter -> column stores of Iceberg's Parquet writer
 *   Iceberg's Parquet reader -> row group -> RowBatchReader -> RowBatch: columns of some rows
 * </pre>
 *
 * <p>First classes to read: {@link io.fluss.lake.iceberg.parquet.RowParquetWriter} and {@link
 * io.fluss.lake.iceberg.parquet.RowBatchReader}. Knows nothing of tables, snapshots and offsets.
 */
@ParametersAreNonnullByDefault
package io.fluss.lake.iceberg.parquet;

import javax.annotation.ParametersAreNonnullByDefault;
