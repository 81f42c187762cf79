package io.fluss.metadata;

import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.Nullable;
import org.apache.kafka.common.Uuid;

/**
 * All that was recorded of one database at one moment. Immutable, so it may be shared by threads.
 *
 * <p>A record that cannot be read is kept as unreadable and refused only when it is asked for.
 * Records of a kind unknown to this version are kept as they are.
 */
public final class DatabaseImage {

  private final String database;
  private final Uuid topicId;
  private final Map<String, String> otherRecords;
  private final SortedMap<String, TableEntry> tables;

  private DatabaseImage(
      String database,
      Uuid topicId,
      Map<String, String> otherRecords,
      SortedMap<String, TableEntry> tables) {
    this.database = database;
    this.topicId = topicId;
    this.otherRecords = Collections.unmodifiableMap(otherRecords);
    this.tables = Collections.unmodifiableSortedMap(tables);
  }

  /** A database without records, stored in the topic with this id. */
  static DatabaseImage empty(String database, Uuid topicId) {
    return new DatabaseImage(database, topicId, new TreeMap<>(), new TreeMap<>());
  }

  /** This image after these records, later ones win. */
  DatabaseImage with(Collection<MetadataRecord> records) {
    if (records.isEmpty()) {
      return this;
    }
    Map<String, String> others = new TreeMap<>(otherRecords);
    SortedMap<String, TableEntry> entries = new TreeMap<>(tables);
    for (MetadataRecord r : records) {
      Optional<String> table = MetadataRecord.tableOf(r.key());
      if (table.isEmpty()) {
        putOrRemove(others, r.key(), r.value());
      } else {
        putOrRemove(entries, table.get(), r.value() == null ? null : parse(table.get(), r.value()));
      }
    }
    return new DatabaseImage(database, topicId, others, entries);
  }

  private static <V> void putOrRemove(Map<String, V> map, String key, @Nullable V value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }

  private TableEntry parse(String table, String json) {
    try {
      return new TableEntry.Readable(TableInfoJson.read(TablePath.of(database, table), json));
    } catch (InvalidMetadataException e) {
      return new TableEntry.Unreadable(e.getMessage());
    } catch (IllegalArgumentException e) {
      return new TableEntry.Unreadable(
          "The metadata topic of database '"
              + database
              + "' has a record of a table with a name that is not allowed: "
              + e.getMessage());
    }
  }

  public String database() {
    return database;
  }

  /** Kafka's id of the metadata topic: a database dropped and created again has another one. */
  public Uuid topicId() {
    return topicId;
  }

  /**
   * The database's own record; a database without one has neither comment nor properties.
   *
   * @throws InvalidMetadataException where the record is corrupt or too new
   */
  public DatabaseInfo info() {
    String json = otherRecords.get(MetadataRecord.DATABASE_KEY);
    return json == null ? DatabaseInfo.unrecorded(database) : DatabaseInfoJson.read(database, json);
  }

  /** Whether the database's own record was written: its creation got to the end. */
  public boolean isRecorded() {
    return otherRecords.containsKey(MetadataRecord.DATABASE_KEY);
  }

  /** Tables by name, in any state, including those whose record cannot be read. */
  public SortedMap<String, TableEntry> tables() {
    return tables;
  }

  /**
   * The table of this name, in any state.
   *
   * @throws InvalidMetadataException where its record is corrupt or too new
   */
  public Optional<TableInfo> table(String name) {
    return Optional.ofNullable(tables.get(name)).map(TableEntry::require);
  }

  /** Whether no new table may have a topic of this name. */
  public boolean isRetired(String topic) {
    return otherRecords.containsKey(MetadataRecord.retiredKey(topic));
  }

  /** The value under a key of a kind that this version does not interpret. */
  public Optional<String> record(String key) {
    return Optional.ofNullable(otherRecords.get(key));
  }
}
