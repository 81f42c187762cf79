package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.metadata.DatabaseImage;
import io.fluss.metadata.DatabaseInfo;
import io.fluss.metadata.MetadataRecord;
import io.fluss.metadata.MetadataStore;
import io.fluss.metadata.TableEntry;
import io.fluss.table.TableState;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * Creates and drops databases.
 *
 * <pre>
 *   create:  metadata topic -> record
 *   drop:    record marked as dropping (no table can be created any more)
 *              -> topics of tables deleted -> metadata topic deleted
 * </pre>
 *
 * <p>Either can be repeated after a crash at any step. Thread-safe.
 */
final class DatabaseLifecycle {

  private final MetadataStore store;
  private final TableLifecycle tables;
  private final DdlListener listener;

  DatabaseLifecycle(MetadataStore store, TableLifecycle tables, DdlListener listener) {
    this.store = store;
    this.tables = tables;
    this.listener = listener;
  }

  /**
   * Creates a database.
   *
   * @throws DatabaseExistsException where the name is taken
   */
  void create(String name, @Nullable String comment, Map<String, String> properties) {
    Optional<DatabaseImage> existing = store.read(name).filter(DatabaseImage::isRecorded);
    if (existing.isPresent()) {
      if (!existing.get().info().dropping()) {
        throw new DatabaseExistsException(name);
      }
      finishDrop(existing.get());
    }
    store.createTopic(name);
    listener.after(DdlStep.DATABASE_TOPIC_CREATED);
    DatabaseInfo wanted =
        new DatabaseInfo(name, false, comment, properties, Clock.systemUTC().millis());
    store.change(name, now -> creation(now, wanted));
    listener.after(DdlStep.DATABASE_RECORDED);
  }

  private static List<MetadataRecord> creation(DatabaseImage now, DatabaseInfo wanted) {
    if (!now.isRecorded()) {
      return List.of(MetadataRecord.put(wanted));
    }
    if (now.info().equals(wanted)) {
      return List.of();
    }
    throw new DatabaseExistsException(wanted.name());
  }

  /** Replaces comment and properties. */
  void alter(String name, @Nullable String comment, Map<String, String> properties) {
    store.change(
        name,
        now -> {
          DatabaseInfo altered = now.info().with(comment, properties);
          return altered.equals(now.info()) ? List.of() : List.of(MetadataRecord.put(altered));
        });
  }

  /**
   * Drops a database without tables, or finishes dropping it.
   *
   * @throws DatabaseNotEmptyException where it has tables
   */
  void drop(String name) {
    drop(name, DatabaseLifecycle::requireNoTables);
  }

  /** Drops a database and all its tables, or finishes dropping it. */
  void dropWithTables(String name) {
    drop(name, image -> {});
  }

  private void drop(String name, Precondition precondition) {
    DatabaseImage image =
        store.change(
            name,
            now -> {
              if (now.info().dropping()) {
                return List.of();
              }
              precondition.require(now);
              return List.of(MetadataRecord.put(now.info().markedDropping()));
            });
    listener.after(DdlStep.DATABASE_RECORDED_AS_DROPPING);
    finishDrop(image);
  }

  private static void requireNoTables(DatabaseImage image) {
    int left =
        (int)
            image.tables().values().stream()
                .filter(
                    e ->
                        !(e instanceof TableEntry.Readable r
                            && r.table().state() == TableState.DROPPING))
                .count();
    if (left > 0) {
      throw new DatabaseNotEmptyException(image.database(), left);
    }
  }

  private void finishDrop(DatabaseImage image) {
    tables.deleteTopics(TableLifecycle.readable(image).toList());
    listener.after(DdlStep.DATABASE_TABLES_DELETED);
    store.deleteTopic(image);
    listener.after(DdlStep.DATABASE_TOPIC_DELETED);
  }

  /** What must hold of a database before it may be dropped. */
  private interface Precondition {

    /**
     * Passes where it holds.
     *
     * @throws FlussException where it does not
     */
    void require(DatabaseImage image);
  }
}
