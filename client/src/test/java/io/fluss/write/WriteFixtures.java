package io.fluss.write;

import io.fluss.options.NoKeyAssigner;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Tables, rows and settings that the tests of this package share. */
final class WriteFixtures {

  static final String UNCOMPRESSED = "NONE";

  private WriteFixtures() {}

  static TableInfo table(int buckets, List<String> bucketKey, RowType type, String compression) {
    return table(
        buckets,
        List.of(),
        bucketKey,
        type,
        Map.of("table.log.arrow.compression.type", compression));
  }

  static TableInfo table(
      int buckets, List<String> bucketKey, RowType type, Map<String, String> options) {
    return table(buckets, List.of(), bucketKey, type, options);
  }

  static TableInfo table(
      int buckets,
      List<String> partitionKeys,
      List<String> bucketKey,
      RowType type,
      String compression) {
    return table(
        buckets,
        partitionKeys,
        bucketKey,
        type,
        Map.of("table.log.arrow.compression.type", compression));
  }

  private static TableInfo table(
      int buckets,
      List<String> partitionKeys,
      List<String> bucketKey,
      RowType type,
      Map<String, String> options) {
    List<Column> columns = new ArrayList<>();
    for (RowType.RowField field : type.getFields()) {
      columns.add(new Column.Physical(columns.size(), field.getName(), field.getType(), null));
    }
    return new TableInfo(
        new UUID(1, 2),
        TablePath.of("shop", "orders"),
        TableState.READY,
        "shop.orders",
        null,
        1,
        columns,
        List.of(),
        List.of(),
        columns.size(),
        List.of(),
        List.of(),
        partitionKeys,
        bucketKey,
        buckets,
        BucketFunction.MURMUR3,
        options,
        null,
        0);
  }

  static RowType rowType(LogicalType... types) {
    return RowType.of(types);
  }

  static RowData row(long number, String text) {
    return GenericRowData.of(number, StringData.fromString(text));
  }

  /** A gatherer of small, uncompressed batches; tests change what they are about. */
  static WriterConfig config(long batchBytes, Duration timeout, boolean dynamic, long memory) {
    return new WriterConfig(
        batchBytes, timeout, timeout, dynamic, memory, NoKeyAssigner.STICKY, true);
  }
}
