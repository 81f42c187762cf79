package io.fluss.lake.paimon;

import io.fluss.table.BucketFunction;
import io.fluss.table.TableInfo;
import java.util.HashMap;
import java.util.Map;

/** Tables with something else than they were made with. */
final class Tables {

  private Tables() {}

  static TableInfo with(
      TableInfo table, BucketFunction function, Map<String, String> furtherOptions) {
    Map<String, String> options = new HashMap<>(table.options());
    options.putAll(furtherOptions);
    return new TableInfo(
        table.id(),
        table.path(),
        table.state(),
        table.topic(),
        table.topicId(),
        table.schemaVersion(),
        table.columns(),
        table.watermarks(),
        table.pastSchemas(),
        table.nextFieldId(),
        table.primaryKey(),
        table.columnSets(),
        table.partitionKeys(),
        table.bucketKey(),
        table.buckets(),
        function,
        options,
        table.comment(),
        table.createdAtMillis());
  }
}
