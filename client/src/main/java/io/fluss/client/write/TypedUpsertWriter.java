package io.fluss.client.write;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.annotation.PublicEvolving;

/** As {@link UpsertWriter}, of objects of a class. */
@PublicEvolving
public interface TypedUpsertWriter<T> extends TableWriter {

  /** See {@link UpsertWriter#upsert}. */
  CompletableFuture<UpsertResult> upsert(T row);

  /** See {@link UpsertWriter#delete}. */
  CompletableFuture<DeleteResult> delete(T row);
}
