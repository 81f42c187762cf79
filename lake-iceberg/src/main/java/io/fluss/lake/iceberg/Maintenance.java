package io.fluss.lake.iceberg;

import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.Table;

/**
 * What tiering does for a lake table after a commit, where the table's options ask for it.
 *
 * @param compact whether small files are put together
 * @param expire whether old snapshots go, by the lake table's own properties
 */
record Maintenance(TableInfo info, Table table, boolean compact, boolean expire) {

  static Maintenance of(TableInfo info, Table table) {
    Configuration options = Configuration.fromMap(info.options());
    return new Maintenance(
        info,
        table,
        options.get(TableOptions.DATALAKE_AUTO_COMPACTION),
        options.get(TableOptions.DATALAKE_AUTO_EXPIRE_SNAPSHOT));
  }

  void run() {
    if (compact) {
      new Compaction(info, table).run();
    }
    if (expire) {
      try {
        table.expireSnapshots().commit();
      } catch (RuntimeException e) {
        throw Failures.of("Old snapshots of lake table '" + info.path() + "' cannot expire", e);
      }
    }
  }
}
