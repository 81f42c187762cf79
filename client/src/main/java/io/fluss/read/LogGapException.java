package io.fluss.read;

import io.fluss.FlussException;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * The rows a reader needs next are not in the log. Retrying does not help; somebody has to decide
 * that the rows may be left out.
 */
@PublicEvolving
public final class LogGapException extends FlussException {

  private static final long serialVersionUID = 1L;

  private LogGapException(String message) {
    super(message);
  }

  /** Explains why a consumer found no record at its position, for the first such bucket. */
  public static LogGapException explain(
      TableInfo table, Consumer<?, ?> consumer, OffsetOutOfRangeException cause) {
    Map.Entry<TopicPartition, Long> first =
        cause.offsetOutOfRangePartitions().entrySet().iterator().next();
    TopicPartition bucket = first.getKey();
    LogGapException gap =
        of(
            table,
            bucket,
            first.getValue(),
            consumer.beginningOffsets(List.of(bucket)).get(bucket),
            consumer.endOffsets(List.of(bucket)).get(bucket));
    gap.initCause(cause);
    return gap;
  }

  private static LogGapException of(
      TableInfo table, TopicPartition bucket, long wanted, long start, long end) {
    String found =
        wanted < start
            ? "the log starts at "
                + start
                + ": older rows were removed by retention ('table.log.ttl') before they were read"
            : "the log ends at "
                + end
                + ": the topic lost records, or was created again under the same name";
    return new LogGapException(
        "Bucket "
            + bucket.partition()
            + " of table '"
            + table.path()
            + "' (topic '"
            + bucket.topic()
            + "') cannot be read on from offset "
            + wanted
            + ": "
            + found
            + ". Nothing was skipped. To go on without those rows, start the query without its old"
            + " state, for example with 'scan.startup.mode' = 'earliest'.");
  }

  /** A position inside a batch whose batch is gone. */
  public static LogGapException batchMissing(
      TableInfo table, int bucket, LogPosition wanted, long foundOffset) {
    return new LogGapException(
        "Bucket "
            + bucket
            + " of table '"
            + table.path()
            + "' cannot be read on from row "
            + wanted.rowsRead()
            + " of the batch at offset "
            + wanted.offset()
            + ": the next batch in the log is at offset "
            + foundOffset
            + ". The log changed under the stored position; start the query without its old state.");
  }
}
