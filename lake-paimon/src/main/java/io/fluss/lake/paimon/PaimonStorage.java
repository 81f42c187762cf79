package io.fluss.lake.paimon;

import io.fluss.FlussException;
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
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.table.FileStoreTable;

/** Lake tables in a catalog of Paimon. */
final class PaimonStorage implements LakeStorage {

  private final Catalog catalog;
  private final PaimonTables tables;

  PaimonStorage(Catalog catalog) {
    this.catalog = catalog;
    this.tables = new PaimonTables(catalog);
  }

  @Override
  public void createTable(TableInfo table) {
    tables.create(table);
  }

  @Override
  public Optional<LakeSnapshot> latestSnapshot(TableInfo table) {
    return named(
        table,
        () ->
            tables
                .find(table)
                .flatMap(lakeTable -> latestSnapshot(table.path().toString(), lakeTable)));
  }

  private static Optional<LakeSnapshot> latestSnapshot(String name, FileStoreTable lakeTable) {
    OffsetHistory history = new OffsetHistory(name, lakeTable);
    return Optional.ofNullable(lakeTable.snapshotManager().latestSnapshot())
        .map(s -> new LakeSnapshot(s.id(), history.at(s), s.timeMillis()));
  }

  @Override
  public LakeAppender appender(TableInfo table, LakeBucket bucket) {
    return named(table, () -> new PaimonAppender(table, bucket, tables.open(table)));
  }

  @Override
  public LakeUpserter upserter(TableInfo table, LakeBucket bucket, Path temporaryDirectory) {
    return named(
        table, () -> new PaimonUpserter(table, bucket, tables.open(table), temporaryDirectory));
  }

  @Override
  public LakeCommitter committer(TableInfo table) {
    return new PaimonCommitter(tables, table);
  }

  @Override
  public List<LakeSplit> plan(TableInfo table, LakeSnapshot snapshot, LakeRead read) {
    return named(
        table,
        () -> {
          FileStoreTable lakeTable = PaimonTables.asOf(snapshot.id(), tables.openToRead(table));
          LakeShape shape = shape(table, lakeTable);
          return new PaimonScan(shape.inLake(), lakeTable, shape.read(read)).plan(snapshot.id());
        });
  }

  @Override
  public LakeReader reader(TableInfo table, LakeRead read, LakeSplit split) {
    return named(
        table,
        () -> {
          SplitBytes described = SplitBytes.read(split.description());
          FileStoreTable lakeTable = described.planned(tables.openToRead(table));
          LakeShape shape = shape(table, lakeTable);
          return shape.reader(
              read,
              inner -> new PaimonScan(shape.inLake(), lakeTable, inner).reader(described.split()));
        });
  }

  private static LakeShape shape(TableInfo table, FileStoreTable lakeTable) {
    return new LakeShape(table, PaimonTables.schema(table, lakeTable));
  }

  /** What Paimon throws does not always say which table it is about. */
  private static <T> T named(TableInfo table, Supplier<T> work) {
    try {
      return work.get();
    } catch (FlussException e) {
      throw e;
    } catch (RuntimeException e) {
      throw PaimonFailure.of("Lake table '" + table.path() + "' in Paimon cannot be used", e);
    }
  }

  @Override
  public void close() {
    try {
      catalog.close();
    } catch (Exception e) {
      throw PaimonFailure.of("The Paimon catalog cannot be closed", e);
    }
  }
}
