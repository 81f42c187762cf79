package io.fluss.client.write;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.annotation.PublicEvolving;

/** As {@link AppendWriter}, of objects of a class. */
@PublicEvolving
public interface TypedAppendWriter<T> extends TableWriter {

  /** See {@link AppendWriter#append}. */
  CompletableFuture<AppendResult> append(T row);
}
