package io.fluss.source.lookup;

import io.fluss.kafka.ClientConfig;
import io.fluss.lookup.LookupSettings;
import io.fluss.predicate.Predicate;
import io.fluss.read.HeapShare;
import io.fluss.read.Selection;
import io.fluss.table.TableInfo;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import javax.annotation.Nullable;

/**
 * What travels to the tasks of a lookup join.
 *
 * @param projection the fields of the rows that are handed out
 * @param filter what rows have to match to be of use, over the table's row type; partitions whose
 *     rows do not are never read; null where there is none
 * @param memoryBytes see {@link LookupJoinSettings#memoryBytes}
 * @param localDir see {@link LookupJoinSettings#localDir}
 */
record LookupPlan(
    TableInfo table,
    ClientConfig client,
    Selection.Fields projection,
    LookupKeys keys,
    @Nullable Predicate filter,
    @Nullable Long memoryBytes,
    Duration keepAlive,
    @Nullable String localDir)
    implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final long MOST_DEFAULT_MEMORY = 256L << 20;
  private static final String DEFAULT_DIR = "fluss-lookup";

  /** Resolved where the task runs: every machine has a temporary directory of its own. */
  LookupSettings settings() {
    Path dir =
        localDir == null
            ? Path.of(System.getProperty("java.io.tmpdir"), DEFAULT_DIR)
            : Path.of(localDir);
    return new LookupSettings(
        table, client, dir, memoryBytes == null ? defaultMemory() : memoryBytes, keepAlive);
  }

  private static long defaultMemory() {
    return HeapShare.bytes(4, MOST_DEFAULT_MEMORY);
  }
}
