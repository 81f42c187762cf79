package io.fluss.options;

/** What becomes of rows that are old enough to leave the log and are not in the lake yet. */
public enum RetentionPolicy {
  /** They stay in the log until the lake has them, however long that takes. */
  BLOCK("block"),
  /** They leave the log; tiering then stops with a reason. */
  ALERT("alert");

  private final String name;

  RetentionPolicy(String name) {
    this.name = name;
  }

  /** As in an option. */
  @Override
  public String toString() {
    return name;
  }
}
