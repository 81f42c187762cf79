package io.fluss.testkit.lake;

import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.RowData;

/**
 * The lake as others see and use it: through the format's own interfaces, without any of our code.
 * A format's test writes it.
 */
public interface ForeignLake extends AutoCloseable {

  /** The names of the columns of a lake table, in their order. */
  List<String> columns(TablePath table);

  /** The properties of a lake table. */
  Map<String, String> properties(TablePath table);

  /** How many snapshots a lake table has now. */
  int snapshots(TablePath table);

  /**
   * The rows of the newest snapshot.
   *
   * @return rows with the columns of {@link io.fluss.lake.LakeSchema#rowType}, to be kept
   */
  List<RowData> rows(TableInfo table);

  /**
   * Makes a snapshot that changes no row and knows nothing of our offsets, as a compaction does; it
   * need not move any data.
   */
  void commitNothing(TableInfo table);

  /** Deletes all snapshots but the newest, as somebody's maintenance would. */
  void expireSnapshots(TableInfo table);

  /**
   * The data files of all tables, whether a snapshot has them or not: their paths.
   *
   * <p>Files that describe others (manifests, metadata) are none.
   */
  List<String> dataFiles();

  @Override
  void close();
}
