package io.fluss.source;

import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.LakeUpserter;
import io.fluss.lake.TopicOffsets;
import io.fluss.partition.PartitionName;
import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.lake.MemoryLakeFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/** What a test puts into the lake of a table, as a round of tiering would. */
final class LakeContent implements AutoCloseable {

  private final TableInfo table;
  private final LakeStorage lake;
  private final List<byte[]> written = new ArrayList<>();

  LakeContent(TableInfo table) {
    this.table = asSqlNamesIt(table);
    this.lake = new MemoryLakeFormat().open(Map.of(MemoryLakeFormat.NAME, name(table)));
    lake.createTable(this.table);
  }

  /** {@link SqlSupport} declares tables without partitions in Flink's own database. */
  private static TableInfo asSqlNamesIt(TableInfo table) {
    return table.isPartitioned() ? table : table.renamed(TablePath.of("default_database", "t"));
  }

  private static String name(TableInfo table) {
    return table.path().toString();
  }

  /** What a statement needs to find the lake. */
  static String[] options(TableInfo table) {
    return new String[] {"datalake.memory.name", name(table)};
  }

  /** Rows of a log table, each in a record of its own. */
  LakeContent append(
      @Nullable PartitionName partition, int bucket, long firstOffset, RowData... rows) {
    try (LakeAppender appender = lake.appender(table, new LakeBucket(partition, bucket))) {
      for (int i = 0; i < rows.length; i++) {
        long offset = firstOffset + i;
        appender.append(LogBatch.ofRecord(bucket, offset, 1000 + offset, 1, one(rows[i])));
      }
      written.add(appender.finish());
    }
    return this;
  }

  private static BatchRows one(RowData row) {
    return new BatchRows() {
      @Override
      public int rowCount() {
        return 1;
      }

      @Override
      public RowData row(int index) {
        return row;
      }
    };
  }

  /** Rows of a primary-key table. */
  LakeContent upsert(
      @Nullable PartitionName partition, int bucket, long firstOffset, RowData... rows) {
    try (LakeUpserter upserter =
        lake.upserter(table, new LakeBucket(partition, bucket), Path.of("."))) {
      for (int i = 0; i < rows.length; i++) {
        upserter.upsert(rows[i], firstOffset + i, 1000 + firstOffset + i);
      }
      written.add(upserter.finish());
    }
    return this;
  }

  /** Makes it visible; of a table without partitions, with the next offset of each bucket. */
  LakeSnapshot commit(Long... next) {
    return commit(offsets(null, table.topicId(), next));
  }

  /** What the lake has of a topic that it has tiered just now. */
  static TopicOffsets offsets(@Nullable PartitionName partition, String topicId, Long... next) {
    return offsetsOf(partition, topicId, System.currentTimeMillis(), next);
  }

  static TopicOffsets offsetsOf(
      @Nullable PartitionName partition, String topicId, long maxTimestamp, Long... next) {
    return new TopicOffsets(partition, topicId, List.of(next), maxTimestamp);
  }

  LakeSnapshot commit(TopicOffsets... topics) {
    LakeOffsets from =
        lake.latestSnapshot(table).map(LakeSnapshot::offsets).orElse(LakeOffsets.NONE);
    LakeSnapshot snapshot =
        lake.committer(table).commit(List.copyOf(written), from, new LakeOffsets(List.of(topics)));
    written.clear();
    return snapshot;
  }

  @Override
  public void close() {
    lake.close();
  }
}
