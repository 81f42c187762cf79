package io.fluss.lake.paimon;

import io.fluss.FlussException;
import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeReader;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeSplit;
import io.fluss.table.TableInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.RowType;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.io.DataInputViewStreamWrapper;
import org.apache.paimon.io.DataOutputViewStreamWrapper;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.ReadBuilder;

/** One read of a lake table: its splits, and their rows. */
final class PaimonScan {

  private static final int SPLIT_VERSION = 1;

  private final TableInfo table;
  private final FileStoreTable lakeTable;
  private final LakeRead read;
  private final Optional<Predicate> filter;

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
        lakeTable.copy(Map.of(CoreOptions.SCAN_SNAPSHOT_ID.key(), String.valueOf(snapshot)));
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
        toBytes(split));
  }

  LakeReader reader(LakeSplit split) {
    DataSplit paimonSplit = fromBytes(split.description());
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

  /** {@value #SPLIT_VERSION}, then Paimon's own form, which has a version too. */
  private static byte[] toBytes(DataSplit split) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(SPLIT_VERSION);
      split.serialize(new DataOutputViewStreamWrapper(out));
    } catch (IOException e) {
      throw PaimonFailure.of("A split of Paimon cannot be described", e);
    }
    return bytes.toByteArray();
  }

  private static DataSplit fromBytes(byte[] description) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(description))) {
      int version = in.readByte();
      if (version != SPLIT_VERSION) {
        throw new FlussException(
            "A split of Paimon is described in version "
                + version
                + ", and this version reads "
                + SPLIT_VERSION
                + " only. Use a version that is at least as new as the one of the checkpoint.");
      }
      return DataSplit.deserialize(new DataInputViewStreamWrapper(in));
    } catch (IOException e) {
      throw PaimonFailure.of("A split of Paimon cannot be read", e);
    }
  }
}
