package io.fluss.options;

/** Values of {@code table.auto-partition.time-unit}: what one partition holds the rows of. */
public enum AutoPartitionTimeUnit {
  HOUR("yyyyMMddHH"),
  DAY("yyyyMMdd"),
  MONTH("yyyyMM"),
  QUARTER("yyyyQ"),
  YEAR("yyyy");

  private final String format;

  AutoPartitionTimeUnit(String format) {
    this.format = format;
  }

  /** How its partitions are named where the table does not say otherwise. */
  public String format() {
    return format;
  }
}
