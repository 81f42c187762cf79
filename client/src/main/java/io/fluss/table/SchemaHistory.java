package io.fluss.table;

import java.util.Optional;

/**
 * The schema versions that records of a table can name. A job that runs may meet one that is newer
 * than the table's record was when the job was planned. Thread-safe.
 */
@FunctionalInterface
public interface SchemaHistory {

  /** The schema with this version; empty where the table never had it. */
  Optional<SchemaVersion> find(int version);

  /** Those that were known when the table's record was read, and no newer ones. */
  static SchemaHistory of(TableInfo table) {
    return table::schema;
  }
}
