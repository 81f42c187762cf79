package io.fluss.lake.paimon;

import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeReader;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeSplit;
import io.fluss.table.TableInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.RowType;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.ReadBuilder;

/** One read of a lake table: its splits, and their rows. */
final class PaimonScan {

  private final TableInfo table;
  private final FileStoreTable lakeTable;
  private final LakeRead read;
  private final Optional<Predicate> filter;

  /**
   * @param table with the columns of the lake table
   * @param lakeTable with the columns that it has or had when the read was planned
   */
  PaimonScan(TableInfo table, FileStoreTable lakeTable, LakeRead read) {
    this.table = table;
    this.lakeTable = lakeTable;
    this.read = read;
    this.filter = read.filter().flatMap(f -> PaimonFilter.of(f, table, lakeTable.rowType()));
  }

  /** The splits of a snapshot. */
  List<LakeSplit> plan(long snapshot) {
    PaimonPartitions partitions = new PaimonPartitions(table);
    FileStoreTable then =
        lakeTable.copyWithoutTimeTravel(
            Map.of(CoreOptions.SCAN_SNAPSHOT_ID.key(), String.valueOf(snapshot)));
    return builder(then).newScan().plan().splits().stream()
        .map(s -> toLakeSplit((DataSplit) s, partitions))
        .toList();
  }

  private ReadBuilder builder(FileStoreTable from) {
    ReadBuilder builder = from.newReadBuilder().withReadType(from.rowType().project(columns()));
    filter.ifPresent(builder::withFilter);
    // Rows that match are counted, and only who asks can tell whether a row does.
    if (read.filter().isEmpty() && read.limit() != null && read.limit() <= Integer.MAX_VALUE) {
      builder.withLimit(Math.toIntExact(Math.max(1, read.limit())));
    }
    return builder;
  }

  /** At least one: files tell no number of rows without columns. */
  private List<String> columns() {
    RowType type = LakeSchema.rowType(table);
    return read.columns().length == 0
        ? List.of(LakeSchema.BUCKET)
        : IntStream.of(read.columns()).mapToObj(type.getFieldNames()::get).toList();
  }

  private LakeSplit toLakeSplit(DataSplit split, PaimonPartitions partitions) {
    return new LakeSplit(
        partitions.nameOf(split.partition()),
        PaimonOptions.bucketsAreAligned(table) ? split.bucket() : -1,
        split.dataFiles().stream().mapToLong(DataFileMeta::fileSize).sum(),
        split.rowCount(),
        SplitBytes.of(split, lakeTable));
  }

  LakeReader reader(DataSplit paimonSplit) {
    boolean counts = read.columns().length == 0;
    if (counts && filter.isEmpty() && paimonSplit.mergedRowCount().isPresent()) {
      return new CountReader(paimonSplit.mergedRowCount().getAsLong());
    }
    try {
      return new PaimonReader(
          table.path().toString(),
          builder(lakeTable).newRead().createReader(paimonSplit),
          lakeTable.rowType().project(columns()),
          counts);
    } catch (IOException | RuntimeException e) {
      throw PaimonFailure.ofRead(table.path().toString(), e);
    }
  }
}
