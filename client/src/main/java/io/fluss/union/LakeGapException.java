package io.fluss.union;

import io.fluss.FlussException;
import io.fluss.lake.LakeSnapshot;
import io.fluss.table.TableInfo;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.common.TopicPartition;

/**
 * Rows of a table are neither in its lake nor in its log. Somebody has to decide that they may be
 * left out.
 */
@PublicEvolving
public final class LakeGapException extends FlussException {

  private static final long serialVersionUID = 1L;

  private LakeGapException(String message) {
    super(message);
  }

  static LakeGapException expired(
      TableInfo table, LakeSnapshot snapshot, TopicPartition bucket, long next, long logStart) {
    return of(
        table,
        snapshot,
        bucket,
        next,
        "the log starts at "
            + logStart
            + ": the rows between were removed by retention before they were tiered");
  }

  static LakeGapException lost(
      TableInfo table, LakeSnapshot snapshot, TopicPartition bucket, long next, long logEnd) {
    return of(
        table, snapshot, bucket, next, "the log ends at " + logEnd + ": the topic lost records");
  }

  private static LakeGapException of(
      TableInfo table, LakeSnapshot snapshot, TopicPartition bucket, long next, String reason) {
    return new LakeGapException(
        "Bucket "
            + bucket.partition()
            + " of table '"
            + table.path()
            + "' (topic '"
            + bucket.topic()
            + "') has a gap: the lake has its records up to offset "
            + next
            + " (snapshot "
            + snapshot.id()
            + "), and "
            + reason
            + ". Nothing was skipped. To read what is left, read the lake alone, as '"
            + table.path().table()
            + "$lake', or the log alone, with 'scan.startup.mode' = 'earliest'.");
  }
}
