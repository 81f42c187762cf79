package io.fluss.source;

import io.fluss.admin.TableAdmin;
import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.LakeUpserter;
import io.fluss.lake.TopicOffsets;
import io.fluss.lake.state.TieringClaim;
import io.fluss.partition.PartitionName;
import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.lake.MemoryLakeFormat;
import java.nio.file.Path;
import java.time.Duration;
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

  /** The lake of a table that {@link SqlSupport} declares. */
  LakeContent(TableInfo table) {
    this(table, asSqlNamesIt(table));
  }

  /** The lake of a table under this name, as those who read it know it. */
  LakeContent(TableInfo table, TablePath path) {
    this.table = table.renamed(path);
    this.lake = new MemoryLakeFormat().open(Map.of(MemoryLakeFormat.NAME, name(table)));
    lake.createTable(this.table);
  }

  /** It declares those that nobody looks up in Flink's own database. */
  private static TablePath asSqlNamesIt(TableInfo table) {
    return SqlSupport.isLookedUp(table) ? table.path() : TablePath.of("default_database", "t");
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
    return new TopicOffsets(partition, topicId, List.of(next), System.currentTimeMillis());
  }

  /** As {@link #offsets}, of a topic that found rows of a former one in the lake. */
  static TopicOffsets offsetsAfterFormer(PartitionName partition, String topicId, Long... next) {
    return new TopicOffsets(partition, topicId, List.of(next), System.currentTimeMillis(), true);
  }

  /** Records that the lake of a table is complete up to now. */
  static void isComplete(TableAdmin tables, TableInfo table) {
    isCompleteAt(tables, table, System.currentTimeMillis());
  }

  /** Records that the lake of a table is complete up to then. */
  static void isCompleteAt(TableAdmin tables, TableInfo table, long millis) {
    tables.lakes().claim(table, "memory", "test", millis, Duration.ofSeconds(1)).orElseThrow();
  }

  /** Records that the lake of a table without partitions has been tiered just now up to there. */
  static void isTieredTo(TableAdmin tables, TableInfo table, Long... next) {
    long now = System.currentTimeMillis();
    TieringClaim claim =
        tables.lakes().claim(table, "memory", "test", now, Duration.ofSeconds(1)).orElseThrow();
    LakeOffsets offsets = new LakeOffsets(List.of(offsets(null, table.topicId(), next)));
    tables.lakes().record(claim, claim.state().tiered(new LakeSnapshot(99, offsets, now), now));
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
