package io.fluss.source.lookup;

import java.util.Collection;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.LookupFunction;

/**
 * Answers each row before the next is looked at; waits for buckets that are being read. Public for
 * Flink's generated code.
 */
public final class SyncLookup extends LookupFunction {

  private static final long serialVersionUID = 1L;

  private final LookupPlan plan;
  private transient KeyedLookup lookup;

  SyncLookup(LookupPlan plan) {
    this.plan = plan;
  }

  @Override
  public void open(FunctionContext context) throws Exception {
    super.open(context);
    lookup = KeyedLookup.open(plan, context.getMetricGroup());
  }

  @Override
  public Collection<RowData> lookup(RowData joinKeys) {
    KeyedLookup.Question question = lookup.question(joinKeys);
    return question == null ? List.of() : lookup.answer(question);
  }

  @Override
  public void close() throws Exception {
    if (lookup != null) {
      lookup.close();
    }
    super.close();
  }
}
