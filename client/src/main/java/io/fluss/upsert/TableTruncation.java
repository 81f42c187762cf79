package io.fluss.upsert;

import io.fluss.FlussException;
import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.options.DeleteBehavior;
import io.fluss.options.MergeEngine;
import io.fluss.options.TableOptions;
import io.fluss.read.LogTopic;
import io.fluss.table.TableInfo;
import io.fluss.write.LogTruncation;
import io.fluss.write.WriterConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Empties a table: the log of a log table is cut off, the rows of a primary-key table are deleted
 * one by one. Rows that others write meanwhile may stay or go. Thread-safe, no state.
 */
public final class TableTruncation {

  private TableTruncation() {}

  /**
   * Why the table cannot be emptied; nothing where it can. Readers hear of rows that go by deletes
   * alone: a log that was cut off leaves its rows in every fold that has read them, and in a lake.
   *
   * @return the reason and what to do, as the end of a sentence
   */
  public static Optional<String> obstacle(TableInfo table) {
    if (table.lakeFormat().isPresent()) {
      return Optional.of(
          "its rows are in a lake, too, where they would stay and be read on, and a log that was cut"
              + " off could not be told from one that lost rows. Drop the table and its lake table"
              + " and create it anew"
              + (table.hasPrimaryKey() ? ", or delete its rows with DELETE." : "."));
    }
    if (!table.hasPrimaryKey()) {
      return Optional.empty();
    }
    if (table.mergeEngine() != MergeEngine.LAST_ROW) {
      return Optional.of(
          "with '"
              + TableOptions.MERGE_ENGINE.key()
              + "' = '"
              + name(table.mergeEngine())
              + "' no row is ever deleted, so running queries could not tell that rows are gone."
              + " Drop the table and create it anew, which every reader notices.");
    }
    if (table.deleteBehavior() != DeleteBehavior.ALLOW) {
      return Optional.of(
          "its '"
              + TableOptions.DELETE_BEHAVIOR.key()
              + "' is '"
              + name(table.deleteBehavior())
              + "', and its rows would have to be deleted one by one. Drop the table and create it"
              + " anew.");
    }
    return Optional.empty();
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Empties the table, with all its partitions, which stay.
   *
   * @throws FlussException where it cannot be emptied, or the brokers do not allow it
   */
  public static void truncate(TableInfo table, ClientConfig client, WriterConfig config)
      throws InterruptedException {
    Optional<String> obstacle = obstacle(table);
    if (obstacle.isPresent()) {
      throw new FlussException("Cannot truncate table '" + table.path() + "': " + obstacle.get());
    }
    List<TableInfo> parts = parts(table, client);
    if (!table.hasPrimaryKey()) {
      LogTruncation.deleteAll(table, parts.stream().map(TableInfo::topic).toList(), client);
      return;
    }
    try (UpsertWriter writer =
        UpsertWriter.connect(table, client, config, RowScope.key(), LeaseTimes.standard())) {
      for (TableInfo part : parts) {
        writer.deleteRowsBefore(part, ends(part, client));
      }
      writer.flush();
    }
  }

  /** The table by its topics. */
  private static List<TableInfo> parts(TableInfo table, ClientConfig client) {
    if (!table.isPartitioned()) {
      return List.of(table);
    }
    try (TableAdmin admin = TableAdmin.connect(client)) {
      return admin.listPartitions(table).stream().map(p -> p.of(table)).toList();
    }
  }

  /**
   * Where the log of each bucket ends now.
   *
   * @param table the table, or one of its partitions
   */
  public static Map<Integer, Long> ends(TableInfo table, ClientConfig client) {
    try (LogTopic topic = LogTopic.open(table, client)) {
      return topic.logEnd(topic.buckets());
    }
  }
}
