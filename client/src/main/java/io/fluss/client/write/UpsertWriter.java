package io.fluss.client.write;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;

/**
 * Changes rows of a primary-key table. Changes of a row are in the log in the order in which they
 * were given. Row kinds are not looked at.
 */
@PublicEvolving
public interface UpsertWriter extends TableWriter {

  /**
   * Inserts a row, or replaces the one of its key; of a partial update, sets the columns that were
   * named and leaves the others. The row may be reused once this returns. Blocks while the writer's
   * memory is full.
   *
   * @param row with all physical columns of the table, in their order. In a partial update those
   *     that were not named are not looked at
   * @return completes when the change is in the log, on a thread of Kafka's client. Fails with a
   *     {@link io.fluss.FlussException}
   */
  CompletableFuture<UpsertResult> upsert(RowData row);

  /**
   * Deletes the row of a key; of a partial update, sets the columns that were named to null. What
   * comes of it is for the table to say ({@code table.delete.behavior}): it may be done, ignored or
   * refused. {@link #flush} also makes sure that it reached the columns of all partial updates.
   *
   * @param row as for {@link #upsert}; only the columns of the primary key are looked at
   * @return as of {@link #upsert}
   */
  CompletableFuture<DeleteResult> delete(RowData row);
}
