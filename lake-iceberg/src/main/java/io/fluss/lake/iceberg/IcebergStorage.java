package io.fluss.lake.iceberg;

import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeReader;
import io.fluss.lake.LakeShape;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeSplit;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.LakeUpserter;
import io.fluss.table.TableInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** An Iceberg catalog as a lake. Thread-safe. */
final class IcebergStorage implements LakeStorage {

  /** Some catalogs give tables that can read their files for a while only. */
  private static final long MAX_AGE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final IcebergTables tables;

  /** Tables that splits are read of: a split says itself which files, so they may be old. */
  private final Map<UUID, Opened> read = new ConcurrentHashMap<>();

  private record Opened(Table table, long atNanos) {}

  IcebergStorage(IcebergTables tables) {
    this.tables = tables;
  }

  @Override
  public void createTable(TableInfo table) {
    tables.create(table);
  }

  @Override
  public Optional<LakeSnapshot> latestSnapshot(TableInfo info) {
    return tables
        .find(info)
        .filter(table -> table.currentSnapshot() != null)
        .map(table -> snapshot(info, table));
  }

  private static LakeSnapshot snapshot(TableInfo info, Table table) {
    Snapshot current = table.currentSnapshot();
    return new LakeSnapshot(
        current.snapshotId(),
        TableOffsets.of(
            info.path().toString(), SnapshotUtil.currentAncestors(table), table.properties()),
        current.timestampMillis());
  }

  @Override
  public LakeAppender appender(TableInfo table, LakeBucket bucket) {
    return new IcebergAppender(table, tables.require(table), bucket);
  }

  @Override
  public LakeUpserter upserter(TableInfo table, LakeBucket bucket, Path temporaryDirectory) {
    return new IcebergUpserter(table, tables.require(table), bucket);
  }

  @Override
  public LakeCommitter committer(TableInfo table) {
    return new IcebergCommitter(table, tables.existing(table));
  }

  @Override
  public List<LakeSplit> plan(TableInfo table, LakeSnapshot snapshot, LakeRead wanted) {
    return new SplitPlanner(table, tables.requireToRead(table)).plan(snapshot, wanted);
  }

  @Override
  public LakeReader reader(TableInfo info, LakeRead wanted, LakeSplit split) {
    SplitDescription description = SplitDescription.read(split.description());
    Opened opened = read.get(info.id());
    if (opened == null
        || System.nanoTime() - opened.atNanos() > MAX_AGE_NANOS
        || !opened.table().specs().keySet().containsAll(description.specIds())
        || !LakeColumnsHistory.of(info, opened.table()).has(description.columns())) {
      opened = new Opened(tables.requireToRead(info), System.nanoTime());
      read.put(info.id(), opened);
    }
    Table table = opened.table();
    LakeColumnsHistory history = LakeColumnsHistory.of(info, table);
    LakeShape shape = new LakeShape(info, history.at(description.columns()));
    Schema schema = history.icebergSchema(description.columns());
    return shape.reader(
        wanted, inner -> new IcebergReader(shape.inLake(), table, schema, inner, description));
  }

  @Override
  public void close() {
    tables.close();
  }
}
