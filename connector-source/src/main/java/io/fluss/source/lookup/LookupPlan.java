package io.fluss.source.lookup;

import io.fluss.kafka.ClientConfig;
import io.fluss.lookup.LookupSettings;
import io.fluss.read.Selection;
import io.fluss.table.TableInfo;
import java.io.Serializable;
import java.nio.file.Path;
import javax.annotation.Nullable;

/**
 * What travels to the tasks of a lookup join.
 *
 * @param projection the fields of the rows that are handed out
 * @param localDir see {@link LookupJoinSettings#localDir}
 */
record LookupPlan(
    TableInfo table,
    ClientConfig client,
    Selection.Fields projection,
    LookupKeys keys,
    long memoryBytes,
    @Nullable String localDir)
    implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String DEFAULT_DIR = "fluss-lookup";

  /** Resolved where the task runs: every machine has a temporary directory of its own. */
  LookupSettings settings() {
    Path dir =
        localDir == null
            ? Path.of(System.getProperty("java.io.tmpdir"), DEFAULT_DIR)
            : Path.of(localDir);
    return new LookupSettings(table, client, dir, memoryBytes);
  }
}
