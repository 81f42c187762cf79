package io.fluss.sink;

import io.fluss.table.TableInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Brings the rows of one bucket to one sink task. */
final class BucketShuffle {

  private BucketShuffle() {}

  /** The rows by bucket; as they are where the table or the job does not ask for a shuffle. */
  static DataStream<RowData> apply(
      DataStream<RowData> rows, TableSinkConfig config, RowType rowType) {
    if (!config.bucketShuffle() || oneTaskToOneTask(rows, config)) {
      return rows;
    }
    TableInfo table = config.table();
    return new DataStream<>(
        rows.getExecutionEnvironment(),
        new PartitionTransformation<>(
            rows.getTransformation(), new BucketPartitioner(table, rowType)));
  }

  /** There is nothing to bring together, and the tasks stay chained. */
  private static boolean oneTaskToOneTask(DataStream<RowData> rows, TableSinkConfig config) {
    Integer sinkTasks = config.parallelism();
    return rows.getParallelism() == 1 && (sinkTasks == null || sinkTasks == 1);
  }
}
