package io.fluss.lake.iceberg;

import io.fluss.admin.TableDescriptor;
import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeReader;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeSplit;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.LakeUpserter;
import io.fluss.lake.TopicOffsets;
import io.fluss.partition.PartitionName;
import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopCatalog;

/** One table in a hadoop catalog, and rounds of tiering of its bucket 0. */
final class LakeFixture implements AutoCloseable {

  static final TablePath PATH = TablePath.of("shop", "orders");

  final TableInfo info;
  final LakeStorage storage;
  final ForeignIceberg foreign;
  private LakeOffsets offsets = LakeOffsets.NONE;

  private LakeFixture(TableInfo info, Path warehouse, Map<String, String> options) {
    this.info = info;
    this.storage = new IcebergFormat().open(options);
    this.foreign =
        new ForeignIceberg(new HadoopCatalog(new Configuration(), warehouse.toString()), warehouse);
    storage.createTable(info);
  }

  static LakeFixture of(Path warehouse, TableInfo info) {
    return new LakeFixture(info, warehouse, Map.of("warehouse", warehouse.toString()));
  }

  static LakeFixture of(Path warehouse, TableInfo info, Map<String, String> options) {
    return new LakeFixture(info, warehouse, options);
  }

  static TableInfo table(UnaryOperator<TableDescriptor.Builder> description) {
    return description
        .apply(TableDescriptor.builder())
        .build()
        .toTableInfo(PATH, UUID.randomUUID(), PATH.toString())
        .ready("topic");
  }

  /** Columns {@code id BIGINT, name STRING}. */
  static TableDescriptor.Builder idAndName(TableDescriptor.Builder table) {
    return table
        .column("id", new BigIntType(false))
        .column("name", new VarCharType(VarCharType.MAX_LENGTH))
        .buckets(1);
  }

  static TableInfo log() {
    return table(LakeFixture::idAndName);
  }

  static TableInfo keyed() {
    return table(t -> idAndName(t).primaryKey(List.of("id")));
  }

  static RowData row(long id, String name) {
    return GenericRowData.of(id, StringData.fromString(name));
  }

  /** The lake table as it is now. */
  Table lakeTable() {
    return foreign.table(PATH);
  }

  // -------------------------------------------------------------------------------------- rounds

  static LakeOffsets offsets(long next) {
    return new LakeOffsets(List.of(new TopicOffsets(null, "topic", List.of(next), next)));
  }

  /** What the lake has as far as this knows. */
  LakeOffsets known() {
    return offsets;
  }

  LakeOffsets next() {
    return offsets(offsets.next("topic", 0) + 1);
  }

  byte[] written(@Nullable PartitionName partition, int bucket, RowData... rows) {
    if (info.hasPrimaryKey()) {
      try (LakeUpserter upserter =
          storage.upserter(info, new LakeBucket(partition, bucket), Path.of("unused"))) {
        for (int i = 0; i < rows.length; i++) {
          upserter.upsert(rows[i], i, i);
        }
        return upserter.finish();
      }
    }
    try (LakeAppender appender = storage.appender(info, new LakeBucket(partition, bucket))) {
      appender.append(LogBatch.ofRecord(bucket, 0, 0, 0, batch(rows)));
      return appender.finish();
    }
  }

  byte[] written(RowData... rows) {
    return written(null, 0, rows);
  }

  static BatchRows batch(RowData... rows) {
    return new BatchRows() {
      @Override
      public int rowCount() {
        return rows.length;
      }

      @Override
      public RowData row(int index) {
        return rows[index];
      }
    };
  }

  LakeSnapshot commit(byte[]... written) {
    try (LakeCommitter committer = storage.committer(info)) {
      LakeSnapshot snapshot = committer.commit(List.of(written), offsets, next());
      offsets = snapshot.offsets();
      return snapshot;
    }
  }

  LakeSnapshot tier(RowData... rows) {
    return commit(written(rows));
  }

  void maintain() {
    try (LakeCommitter committer = storage.committer(info)) {
      committer.maintain();
    }
  }

  LakeSnapshot latest() {
    return storage.latestSnapshot(info).orElseThrow();
  }

  // ---------------------------------------------------------------------------------------- rows

  List<LakeSplit> plan() {
    return storage.plan(info, latest(), all());
  }

  LakeRead all() {
    int columns = LakeSchema.rowType(info).getFieldCount();
    return new LakeRead(IntStream.range(0, columns).toArray(), null, null);
  }

  /** The columns of the table itself of all rows, as text: {@code 1|a}. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    plan().forEach(split -> rows.addAll(rows(split)));
    return rows;
  }

  List<String> rows(LakeSplit split) {
    RowType type = info.rowType();
    List<String> rows = new ArrayList<>();
    try (LakeReader reader = storage.reader(info, all(), split)) {
      for (BatchRows batch = reader.next(); batch != null; batch = reader.next()) {
        for (int i = 0; i < batch.rowCount(); i++) {
          List<String> values = new ArrayList<>();
          for (int c = 0; c < type.getFieldCount(); c++) {
            values.add(
                String.valueOf(
                    RowData.createFieldGetter(type.getTypeAt(c), c).getFieldOrNull(batch.row(i))));
          }
          rows.add(String.join("|", values));
        }
      }
    }
    return rows;
  }

  @Override
  public void close() {
    storage.close();
    foreign.close();
  }
}
