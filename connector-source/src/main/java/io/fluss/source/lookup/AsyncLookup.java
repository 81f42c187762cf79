package io.fluss.source.lookup;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.apache.flink.table.functions.FunctionContext;

/**
 * Answers at once where the bucket has been read, on the task's thread; else when it has been, on
 * the thread that reads it. Public for Flink's generated code.
 */
public final class AsyncLookup extends AsyncLookupFunction {

  private static final long serialVersionUID = 1L;

  private final LookupPlan plan;
  private transient KeyedLookup lookup;

  AsyncLookup(LookupPlan plan) {
    this.plan = plan;
  }

  @Override
  public void open(FunctionContext context) throws Exception {
    super.open(context);
    lookup = KeyedLookup.open(plan, context.getMetricGroup());
  }

  /** A question may keep parts of the row: asynchronous functions are given rows of their own. */
  @Override
  public CompletableFuture<Collection<RowData>> asyncLookup(RowData joinKeys) {
    KeyedLookup.Question question = lookup.question(joinKeys);
    if (question == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    return lookup.isReady(question)
        ? CompletableFuture.completedFuture(lookup.answer(question))
        : lookup.whenReady(question).thenApply(ready -> lookup.answer(question));
  }

  @Override
  public void close() throws Exception {
    if (lookup != null) {
      lookup.close();
    }
    super.close();
  }
}
