package io.fluss.lookup;

import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * What a lookup needs to know.
 *
 * @param table a primary-key table whose topic exists
 * @param localDir where rows go for which there is no memory; made when it is needed
 * @param memoryBytes most heap that the rows of the table take in this process, index and all
 * @param keepAlive how long rows are kept up to date after the last lookup was closed, so that the
 *     next one finds them; only where this software is loaded together with Flink, not by a job
 */
public record LookupSettings(
    TableInfo table, ClientConfig client, Path localDir, long memoryBytes, Duration keepAlive) {

  public LookupSettings {
    if (table.primaryKey().isEmpty()) {
      throw new IllegalArgumentException(
          "Table '"
              + table.path()
              + "' has no primary key, so its rows cannot be looked up. Lookups need a table with"
              + " PRIMARY KEY (...) NOT ENFORCED.");
    }
    if (memoryBytes < 0) {
      throw new IllegalArgumentException(
          "'lookup.memory-size' cannot be negative, got " + memoryBytes + " bytes.");
    }
    if (keepAlive.isNegative()) {
      throw new IllegalArgumentException(
          "'lookup.keep-alive' cannot be negative, got " + keepAlive + ".");
    }
  }

  /** Lookups with the same identity share their rows. */
  Identity identity() {
    return new Identity(table.id(), client, localDir.toAbsolutePath());
  }

  /** What makes two lookups the same. */
  record Identity(UUID table, ClientConfig client, Path localDir) {}
}
