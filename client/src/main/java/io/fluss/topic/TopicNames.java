package io.fluss.topic;

import io.fluss.table.Names;
import io.fluss.table.TablePath;
import java.util.Optional;
import java.util.UUID;

/** Which topic holds what. Pure functions. */
public final class TopicNames {

  /** Kafka's limit, in characters. */
  public static final int MAX_LENGTH = 249;

  /**
   * What names of metadata topics begin with. No topic of a table does, since no database's name
   * begins with "__": rights to rows and rights to metadata can be told apart by prefix.
   */
  public static final String METADATA_PREFIX = "__fluss.metadata.";

  private static final String TRANSACTIONS_PREFIX = "fluss.";
  private static final int ID_DIGITS = 8;

  private TopicNames() {}

  /** The metadata topic of a database; also the id of the transactions that change it. */
  public static String metadata(String database) {
    return METADATA_PREFIX + database;
  }

  /** The database whose metadata topic this is; empty for any other topic. */
  public static Optional<String> databaseOf(String topic) {
    return Optional.of(topic)
        .filter(t -> t.startsWith(METADATA_PREFIX))
        .map(t -> t.substring(METADATA_PREFIX.length()))
        .filter(d -> Names.problemWithDatabase(d).isEmpty());
  }

  /** The topic of a new table. */
  public static String table(TablePath path) {
    return path.toString();
  }

  /**
   * The topic of a new table whose name had belonged to a table that was renamed since and kept its
   * topic. Not {@code d.t.} and more, or rights to the other table and its partitions would be
   * rights to this one too.
   */
  public static String tableWithId(TablePath path, UUID id) {
    return table(path) + "__" + id.toString().substring(0, ID_DIGITS);
  }

  /**
   * What ids of the transactions of writers begin with. Those of changes of metadata begin
   * otherwise, so who may write all rows may not thereby change definitions.
   *
   * @param scope beginning of the topic's name, with what separates it from more; empty for all
   */
  public static String transactions(String scope) {
    return TRANSACTIONS_PREFIX + scope;
  }

  /** What is wrong with the length of a topic's name, or empty where it is good. */
  public static Optional<String> problemWithLength(String database, String table) {
    int length = database.length() + 1 + table.length();
    return length <= MAX_LENGTH
        ? Optional.empty()
        : Optional.of(
            "The topic of table '"
                + database
                + "."
                + table
                + "' would have a name of "
                + length
                + " characters; Kafka allows "
                + MAX_LENGTH
                + ". Choose a shorter name for the table or its database.");
  }
}
