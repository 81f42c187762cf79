package io.fluss.upsert;

import io.fluss.FlussException;
import io.fluss.kafka.ClientConfig;
import io.fluss.options.MergeEngine;
import io.fluss.read.LogTopic;
import io.fluss.table.TableInfo;
import io.fluss.write.LogTruncation;
import io.fluss.write.WriterConfig;
import java.util.Map;

/** Empties a table. Rows that others write meanwhile may stay or go. */
public final class TableTruncation {

  private TableTruncation() {}

  /**
   * Whether a row goes only when it is deleted; in other tables the log is cut off. A compacted
   * topic cannot be cut off.
   */
  public static boolean needsDeletes(TableInfo table) {
    return table.hasPrimaryKey() && table.mergeEngine() == MergeEngine.LAST_ROW;
  }

  /**
   * Empties the table; whatever it does with deletes otherwise.
   *
   * @throws FlussException where it may not be empty
   */
  public static void truncate(TableInfo table, ClientConfig client, WriterConfig config)
      throws InterruptedException {
    if (!needsDeletes(table)) {
      LogTruncation.deleteAll(table, client);
      return;
    }
    try (UpsertWriter writer =
        UpsertWriter.connect(table, client, config, RowScope.key(), LeaseTimes.standard())) {
      writer.deleteRowsBefore(ends(table, client));
      writer.flush();
    }
  }

  /** Where the log of each bucket ends now. */
  public static Map<Integer, Long> ends(TableInfo table, ClientConfig client) {
    try (LogTopic topic = LogTopic.open(table, client)) {
      return topic.logEnd(topic.buckets());
    }
  }
}
