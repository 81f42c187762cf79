package io.fluss.acl;

import io.fluss.FlussException;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What somebody may do with a resource and all that is in it. Each allows {@link #DESCRIBE} too.
 */
@PublicEvolving
public enum Operation {
  /** All of the others; on the cluster also to manage grants. */
  ALL,
  /** Read rows, also in lookups, and commit the offsets of a group named after the resource. */
  READ,
  /** Write rows, in transactions too, and create the partitions that they need. */
  WRITE,
  /** Create databases and tables. */
  CREATE,
  /** Drop databases, tables and partitions, and truncate: all that removes rows in bulk. */
  DROP,
  /**
   * Change databases and tables: their options, names, column sets, and how far they are tiered.
   */
  ALTER,
  /** See databases and tables, their definitions and offsets. */
  DESCRIBE;

  /**
   * Reads an operation, in upper or lower case.
   *
   * @throws FlussException where there is none of that name; lists all
   */
  public static Operation parse(String text) {
    return EnumText.parse(Operation.class, "operation", text);
  }
}
