package io.fluss.client.write;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;

/** Appends rows to a log table. */
@PublicEvolving
public interface AppendWriter extends TableWriter {

  /**
   * Appends a row, which may be reused once this returns. Rows of a bucket are in its log in the
   * order in which they were given. Blocks while the writer's memory is full.
   *
   * <p>Rows of one batch may have one future between them. It completes on a thread of Kafka's
   * client: dependents that take their time belong on a thread of their own ({@code thenRunAsync}).
   * It cannot be completed or cancelled by the caller; {@code copy()} can.
   *
   * @param row with all physical columns of the table, in their order; its row kind is not looked
   *     at
   * @return completes when the row is in the log, acknowledged by all in-sync replicas. Fails with
   *     a {@link io.fluss.FlussException}, for instance {@link io.fluss.write.WriteFailedException}
   *     or {@link io.fluss.write.RowTooLargeException}
   */
  CompletableFuture<AppendResult> append(RowData row);
}
