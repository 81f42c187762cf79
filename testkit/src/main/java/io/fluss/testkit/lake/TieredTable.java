package io.fluss.testkit.lake;

import io.fluss.format.schema.ColumnMapping;
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
import io.fluss.options.NoKeyAssigner;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.predicate.Predicate;
import io.fluss.predicate.Truth;
import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.read.LogPosition;
import io.fluss.read.RowPlaces;
import io.fluss.table.TableInfo;
import io.fluss.write.BucketRouter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/**
 * A table with a log in memory that is tiered into a lake round by round, and what the lake has to
 * have then. One thread.
 *
 * <p>Rows go to the partition and the bucket that the table says. A record has one row; its offset
 * counts the records of its bucket, its time is made up.
 */
public final class TieredTable {

  private static final long FIRST_TIMESTAMP = 1_750_000_000_000L;
  private static final int BATCH_ROWS = 1000;

  private final LakeStorage lake;
  private final TableInfo table;
  private final Path temporaryDirectory;
  private final BucketRouter router;
  private final int[] partitionPositions;
  private final Map<LakeBucket, List<Entry>> log = new LinkedHashMap<>();
  private final Map<LakeBucket, Integer> tiered = new LinkedHashMap<>();
  private LakeOffsets offsets = LakeOffsets.NONE;

  public TieredTable(LakeStorage lake, TableInfo table, Path temporaryDirectory) {
    this.lake = lake;
    this.table = table;
    this.temporaryDirectory = temporaryDirectory;
    this.router = BucketRouter.of(table, NoKeyAssigner.ROUND_ROBIN);
    this.partitionPositions = PartitionKeys.positions(table);
  }

  /**
   * A record of the log.
   *
   * @param delete whether the key of the row is deleted
   */
  private record Entry(RowData row, boolean delete, long offset, long timestampMillis) {

    Entry with(RowData otherRow) {
      return new Entry(otherRow, delete, offset, timestampMillis);
    }
  }

  /** What the writers of a round have finished with, and what its commit says. */
  public record Round(List<byte[]> written, LakeOffsets from, LakeOffsets to) {}

  public TableInfo info() {
    return table;
  }

  /** The same log, once columns of the table have changed, as it is to be read from then on. */
  public TieredTable altered(TableInfo now) {
    ColumnMapping mapping =
        ColumnMapping.of(table.currentSchema().fields(), now.currentSchema().fields());
    TieredTable altered = new TieredTable(lake, now, temporaryDirectory);
    altered.tiered.putAll(tiered);
    altered.offsets = offsets;
    log.forEach(
        (bucket, entries) ->
            altered.log.put(
                bucket,
                new ArrayList<>(entries.stream().map(e -> e.with(mapping.row(e.row()))).toList())));
    return altered;
  }

  // -------------------------------------------------------------------------------------- rounds

  /** Appends a record with each of these rows to the log; RowKind DELETE deletes its key. */
  public TieredTable append(List<RowData> rows) {
    rows.forEach(this::append);
    return this;
  }

  public TieredTable append(RowData row) {
    LakeBucket bucket = new LakeBucket(partition(row), router.bucket(row));
    List<Entry> entries = log.computeIfAbsent(bucket, b -> new ArrayList<>());
    long offset = entries.size();
    entries.add(
        new Entry(row, row.getRowKind() == RowKind.DELETE, offset, FIRST_TIMESTAMP + offset * 7));
    return this;
  }

  @Nullable
  private PartitionName partition(RowData row) {
    return table.isPartitioned()
        ? PartitionKeys.of(table).nameOf(ProjectedRowData.from(partitionPositions).replaceRow(row))
        : null;
  }

  /** Writes what was appended since the last round into files, which nobody sees yet. */
  public Round write() {
    List<byte[]> written = new ArrayList<>();
    Map<LakeBucket, Integer> ends = new LinkedHashMap<>();
    log.forEach(
        (bucket, entries) -> {
          int from = tiered.getOrDefault(bucket, 0);
          ends.put(bucket, entries.size());
          if (from < entries.size()) {
            written.add(write(bucket, entries.subList(from, entries.size())));
          }
        });
    LakeOffsets from = offsets;
    tiered.putAll(ends);
    offsets = offsetsNow();
    return new Round(written, from, offsets);
  }

  private byte[] write(LakeBucket bucket, List<Entry> entries) {
    if (table.hasPrimaryKey()) {
      try (LakeUpserter upserter = lake.upserter(table, bucket, temporaryDirectory)) {
        netChanges(entries).forEach(e -> write(upserter, e));
        return upserter.finish();
      }
    }
    try (LakeAppender appender = lake.appender(table, bucket)) {
      for (int i = 0; i < entries.size(); i += BATCH_ROWS) {
        append(appender, bucket, entries.subList(i, Math.min(entries.size(), i + BATCH_ROWS)));
      }
      return appender.finish();
    }
  }

  private static void append(LakeAppender appender, LakeBucket bucket, List<Entry> entries) {
    appender.append(new LogBatch(bucket.bucket(), 0, new Rows(entries), new Places(entries)));
  }

  private void write(LakeUpserter upserter, Entry entry) {
    if (entry.delete()) {
      upserter.delete(keyOnly(entry.row()), entry.offset(), entry.timestampMillis());
    } else {
      upserter.upsert(entry.row(), entry.offset(), entry.timestampMillis());
    }
  }

  private RowData keyOnly(RowData row) {
    RowType type = table.rowType();
    GenericRowData key = new GenericRowData(type.getFieldCount());
    for (int position : table.keyPositions()) {
      key.setField(
          position,
          RowData.createFieldGetter(type.getTypeAt(position), position).getFieldOrNull(row));
    }
    return key;
  }

  /** The last record of each key. */
  private List<Entry> netChanges(List<Entry> entries) {
    Map<List<Object>, Entry> byKey = new LinkedHashMap<>();
    entries.forEach(e -> byKey.put(key(e.row()), e));
    return List.copyOf(byKey.values());
  }

  private List<Object> key(RowData row) {
    List<Object> values = LakeValues.of(keyOnly(row), nullable(table.rowType()));
    return IntStream.of(table.keyPositions()).mapToObj(values::get).toList();
  }

  private static RowType nullable(RowType type) {
    return RowType.of(
        type.getChildren().stream().map(t -> t.copy(true)).toArray(LogicalType[]::new));
  }

  private LakeOffsets offsetsNow() {
    Map<String, TopicOffsets> topics = new TreeMap<>();
    tiered.forEach(
        (bucket, end) ->
            topics.merge(
                topicId(bucket.partition()),
                topic(bucket, end),
                (a, b) ->
                    new TopicOffsets(
                        a.partition(),
                        a.topicId(),
                        IntStream.range(0, table.buckets())
                            .mapToObj(i -> a.next().get(i) + b.next().get(i))
                            .toList(),
                        Math.max(a.maxTimestampMillis(), b.maxTimestampMillis()))));
    return new LakeOffsets(List.copyOf(topics.values()));
  }

  private TopicOffsets topic(LakeBucket bucket, int end) {
    Long[] next = new Long[table.buckets()];
    Arrays.fill(next, 0L);
    next[bucket.bucket()] = (long) end;
    return new TopicOffsets(
        bucket.partition(),
        topicId(bucket.partition()),
        List.of(next),
        end == 0 ? -1 : FIRST_TIMESTAMP + (end - 1) * 7L);
  }

  private static String topicId(@Nullable PartitionName partition) {
    return partition == null ? "topic" : "topic-" + String.join("\u0001", partition.values());
  }

  public LakeSnapshot commit(Round round) {
    try (LakeCommitter committer = lake.committer(table)) {
      return committer.commit(round.written(), round.from(), round.to());
    }
  }

  /** Appends, writes, commits. */
  public LakeSnapshot tier(List<RowData> rows) {
    return append(rows).commit(write());
  }

  public LakeSnapshot tier(RowData... rows) {
    return tier(List.of(rows));
  }

  // --------------------------------------------------------------------------------------- rows

  /** What the lake has to have of all that was written, in any order. */
  public List<List<Object>> expected() {
    List<List<Object>> rows = new ArrayList<>();
    log.forEach(
        (bucket, entries) -> {
          List<Entry> there = entries.subList(0, tiered.getOrDefault(bucket, 0));
          (table.hasPrimaryKey() ? netChanges(there) : there)
              .stream().filter(e -> !e.delete()).forEach(e -> rows.add(values(bucket, e)));
        });
    return rows;
  }

  private List<Object> values(LakeBucket bucket, Entry entry) {
    List<Object> values = LakeValues.of(entry.row(), table.rowType());
    values.add(bucket.bucket());
    values.add(entry.offset());
    values.add(TimestampData.fromEpochMillis(entry.timestampMillis()));
    return values;
  }

  /** All columns of all rows of a snapshot. */
  public List<List<Object>> read(LakeSnapshot snapshot) {
    return read(snapshot, all());
  }

  public List<List<Object>> read(LakeSnapshot snapshot, LakeRead read) {
    List<List<Object>> rows = new ArrayList<>();
    plan(snapshot, read).forEach(split -> rows.addAll(read(split, read)));
    return rows;
  }

  List<LakeSplit> plan(LakeSnapshot snapshot, LakeRead read) {
    return lake.plan(table, snapshot, read);
  }

  /** The rows of a split, in its order. */
  List<List<Object>> read(LakeSplit split, LakeRead read) {
    List<List<Object>> rows = new ArrayList<>();
    read(split, read, Predicate.constant(Truth.TRUE), rows);
    return rows;
  }

  /**
   * Adds the rows of a split that match.
   *
   * @param condition on rows as they are read
   */
  void read(LakeSplit split, LakeRead read, Predicate condition, List<List<Object>> rows) {
    RowType type = readType(read);
    try (LakeReader reader = lake.reader(table, read, split)) {
      for (BatchRows batch = reader.next(); batch != null; batch = reader.next()) {
        for (int i = 0; i < batch.rowCount(); i++) {
          RowData row = batch.row(i);
          if (row.getRowKind() != RowKind.INSERT) {
            throw new AssertionError("A row read from a lake has kind " + row.getRowKind());
          }
          if (condition.test(row)) {
            rows.add(LakeValues.of(row, type));
          }
        }
      }
    }
  }

  /** All columns, no condition, no limit. */
  public LakeRead all() {
    int columns = LakeSchema.rowType(table).getFieldCount();
    return new LakeRead(IntStream.range(0, columns).toArray(), null, null);
  }

  RowType readType(LakeRead read) {
    RowType type = LakeSchema.rowType(table);
    return new RowType(
        false, IntStream.of(read.columns()).mapToObj(type.getFields()::get).toList());
  }

  private record Rows(List<Entry> entries) implements BatchRows {
    @Override
    public int rowCount() {
      return entries.size();
    }

    @Override
    public RowData row(int index) {
      return entries.get(index).row();
    }
  }

  private record Places(List<Entry> entries) implements RowPlaces {
    @Override
    public long offset(int row) {
      return entries.get(row).offset();
    }

    @Override
    public int rowIndex(int row) {
      return 0;
    }

    @Override
    public long timestampMillis(int row) {
      return entries.get(row).timestampMillis();
    }

    @Override
    public LogPosition behind(int rows) {
      return LogPosition.at(entries.get(0).offset() + rows);
    }

    @Override
    public long appendedSinceMillis(int rows) {
      return entries.get(0).timestampMillis();
    }

    @Override
    public int records() {
      return entries.size();
    }
  }
}
