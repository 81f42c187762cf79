package io.fluss.sink;

import org.apache.flink.annotation.PublicEvolving;

/** How rows come to the tasks of a sink. */
@PublicEvolving
public enum DistributionMode {
  /**
   * Rows of a bucket go to one task, where the table has a bucket key: fewer and fuller batches,
   * and rows with equal keys in order. The default.
   */
  BUCKET,
  /**
   * Rows stay with the task they are in. Of a primary-key table, changes of one key then have to
   * come from one task, or they may be written in another order.
   */
  NONE
}
