package io.fluss.sink;

import io.fluss.table.TableInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.table.data.RowData;

/** Brings the rows of one bucket of a partition to one sink task. */
final class BucketShuffle {

  private BucketShuffle() {}

  /** The rows by bucket; as they are where the table or the job does not ask for a shuffle. */
  static DataStream<RowData> apply(DataStream<RowData> rows, TableSinkConfig config) {
    if (!isNeeded(rows, config)) {
      return rows;
    }
    TableInfo table = config.table();
    return new DataStream<>(
        rows.getExecutionEnvironment(),
        new PartitionTransformation<>(
            rows.getTransformation(), new BucketPartitioner(table, config.rowType())));
  }

  /**
   * A job that overwrites a table relies on it: for the tasks of buckets, and because in a batch
   * job all rows are read before the first arrives, also where they are of the same table.
   */
  private static boolean isNeeded(DataStream<RowData> rows, TableSinkConfig config) {
    if (config.table().bucketKey().isEmpty()) {
      return false;
    }
    return config.overwrites() || (config.bucketShuffle() && !oneTaskToOneTask(rows, config));
  }

  /** There is nothing to bring together, and the tasks stay chained. */
  private static boolean oneTaskToOneTask(DataStream<RowData> rows, TableSinkConfig config) {
    Integer sinkTasks = config.parallelism();
    return rows.getParallelism() == 1 && (sinkTasks == null || sinkTasks == 1);
  }
}
