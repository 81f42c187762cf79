package io.fluss.read;

import io.fluss.FlussException;
import io.fluss.table.TableInfo;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The topic of a table, or of a partition of it, is missing, or is another one under the same name.
 * Retrying does not help.
 */
@PublicEvolving
public final class LogGoneException extends FlussException {

  private static final long serialVersionUID = 1L;

  private LogGoneException(String message) {
    super(message);
  }

  /** The record of the table is gone, and with it the topics of its partitions. */
  public static LogGoneException dropped(TableInfo table) {
    return new LogGoneException(
        "Table '"
            + table.path()
            + "' (id "
            + table.id()
            + ") was dropped while this query used it. A table of this name that is there now is"
            + " another one: start the query anew, without its old state.");
  }

  /** There is no such topic. */
  public static LogGoneException missing(TableInfo table, String topic) {
    return new LogGoneException(
        "The log of table '"
            + table.path()
            + "' is gone: topic '"
            + topic
            + "' does not exist. The table"
            + (table.isPartitioned() ? " or this partition of it" : "")
            + " was dropped while this query used it, or its topic was deleted by other means.");
  }

  /**
   * There is another topic of the name.
   *
   * @param wanted id of the topic that was used so far
   * @param found id of the topic that there is
   */
  public static LogGoneException replaced(
      TableInfo table, String topic, String wanted, String found) {
    return new LogGoneException(
        "Topic '"
            + topic
            + "' of table '"
            + table.path()
            + "' is another one: the table"
            + (table.isPartitioned() ? " or this partition of it" : "")
            + " was dropped or its topic created again. Its id is "
            + found
            + ", and the "
            + (table.isPartitioned() ? "partition" : "table")
            + " was created with "
            + wanted
            + ". Offsets and layout of the old topic mean nothing in the new one, so this query"
            + " cannot go on reading or writing. Start it anew, without its old state.");
  }
}
