package io.fluss.testkit.lake;

import io.fluss.FlussException;
import io.fluss.format.row.RowReader;
import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeReader;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeShape;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeSplit;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.LakeUpserter;
import io.fluss.partition.PartitionName;
import io.fluss.read.BatchRows;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.testkit.lake.MemoryLake.Content;
import io.fluss.testkit.lake.MemoryLake.MemoryFile;
import io.fluss.testkit.lake.MemoryLake.StoredRow;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;

/** See {@link MemoryLakeFormat}. A split is a bucket of a partition; a batch has few rows. */
final class MemoryLakeStorage implements LakeStorage {

  private static final int BATCH_ROWS = 7;

  /** What writers finished with; bytes name it, as they would name files. */
  private static final Map<Long, MemoryFile> FILES = new ConcurrentHashMap<>();

  private static final AtomicLong NEXT_FILE = new AtomicLong();

  private static final int ANY_BUCKET = -1;

  private final MemoryLake lake;
  private final boolean withoutBuckets;

  /**
   * @param withoutBuckets whether splits have rows of all buckets
   */
  MemoryLakeStorage(MemoryLake lake, boolean withoutBuckets) {
    this.lake = lake;
    this.withoutBuckets = withoutBuckets;
  }

  @Override
  public void createTable(TableInfo table) {
    lake.create(table);
  }

  @Override
  public Optional<LakeSnapshot> latestSnapshot(TableInfo table) {
    return Optional.ofNullable(lake.find(table)).map(Content::latest);
  }

  @Override
  public LakeAppender appender(TableInfo table, LakeBucket bucket) {
    return writer(table, bucket);
  }

  private MemoryLakeWriter writer(TableInfo table, LakeBucket bucket) {
    LakeSchema.requireCurrent(table, existing(table).schema());
    return new MemoryLakeWriter(table, bucket);
  }

  @Override
  public LakeUpserter upserter(TableInfo table, LakeBucket bucket, Path temporaryDirectory) {
    return writer(table, bucket);
  }

  static byte[] finish(MemoryFile file) {
    long id = NEXT_FILE.incrementAndGet();
    FILES.put(id, file);
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  @Override
  public LakeCommitter committer(TableInfo table) {
    return new LakeCommitter() {
      @Override
      public LakeSnapshot commit(List<byte[]> written, LakeOffsets from, LakeOffsets to) {
        return lake.commit(table, written.stream().map(MemoryLakeStorage::file).toList(), from, to);
      }

      @Override
      public int files(List<byte[]> written) {
        return written.size();
      }

      @Override
      public void abort(List<byte[]> written) {
        written.forEach(w -> FILES.remove(ByteBuffer.wrap(w).getLong()));
      }

      @Override
      public void maintain() {
        // memory needs no care
      }

      @Override
      public void close() {
        // holds nothing
      }
    };
  }

  private static MemoryFile file(byte[] written) {
    MemoryFile file = FILES.get(ByteBuffer.wrap(written).getLong());
    if (file == null) {
      throw new FlussException("What was written is gone: it was aborted.");
    }
    return file;
  }

  @Override
  public List<LakeSplit> plan(TableInfo table, LakeSnapshot snapshot, LakeRead read) {
    return rows(table, snapshot.id()).stream()
        .map(r -> Arrays.asList(r.partition(), withoutBuckets ? ANY_BUCKET : r.bucket()))
        .distinct()
        .map(p -> split(table, snapshot.id(), (PartitionName) p.get(0), (int) p.get(1)))
        .toList();
  }

  private LakeSplit split(
      TableInfo table, long snapshot, @Nullable PartitionName partition, int bucket) {
    byte[] description = ByteBuffer.allocate(Long.BYTES).putLong(snapshot).array();
    long rows = rows(table, snapshot).stream().filter(r -> isIn(r, partition, bucket)).count();
    return new LakeSplit(partition, bucket, rows, rows, description);
  }

  private static boolean isIn(StoredRow row, @Nullable PartitionName partition, int bucket) {
    return (bucket == ANY_BUCKET || row.bucket() == bucket)
        && (partition == null ? row.partition() == null : partition.equals(row.partition()));
  }

  private List<StoredRow> rows(TableInfo table, long snapshot) {
    return existing(table).rows(snapshot);
  }

  private Content existing(TableInfo table) {
    Content content = lake.find(table);
    if (content == null) {
      throw new FlussException("There is no lake table '" + table.path() + "'.");
    }
    return content;
  }

  @Override
  public LakeReader reader(TableInfo table, LakeRead read, LakeSplit split) {
    List<StoredRow> rows =
        rows(table, ByteBuffer.wrap(split.description()).getLong()).stream()
            .filter(r -> isIn(r, split.partition(), split.bucketOrAny()))
            .toList();
    List<LakeReader> readers = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= rows.size(); to++) {
      if (to == rows.size() || !rows.get(to).schema().equals(rows.get(from).schema())) {
        readers.add(reader(table, read, rows.subList(from, to)));
        from = to;
      }
    }
    return new InTurn(readers.iterator());
  }

  /** Of rows that were written with one schema. */
  private static LakeReader reader(TableInfo table, LakeRead read, List<StoredRow> rows) {
    SchemaVersion schema = rows.get(0).schema();
    RowReader reader = RowReader.of(MemoryLake.storedType(table, schema).getChildren());
    return new LakeShape(table, schema)
        .reader(read, inner -> new Batches(reader, rows, inner.columns()));
  }

  /** One reader after the other. */
  private static final class InTurn implements LakeReader {

    private final Iterator<LakeReader> readers;
    @Nullable private LakeReader current;

    InTurn(Iterator<LakeReader> readers) {
      this.readers = readers;
    }

    @Nullable
    @Override
    public BatchRows next() {
      while (true) {
        BatchRows rows = current == null ? null : current.next();
        if (rows != null || !readers.hasNext()) {
          return rows;
        }
        current = readers.next();
      }
    }

    @Override
    public void close() {
      // what is read is in memory
    }
  }

  @Override
  public void close() {
    // the lake stays
  }

  /** One row object for all, as formats have it. */
  private static final class Batches implements LakeReader {

    private final RowReader reader;
    private final List<List<StoredRow>> batches = new ArrayList<>();
    private final ProjectedRowData row;
    private int next;

    Batches(RowReader reader, List<StoredRow> rows, int[] columns) {
      this.reader = reader;
      this.row = ProjectedRowData.from(columns);
      for (int i = 0; i < rows.size(); i += BATCH_ROWS) {
        batches.add(rows.subList(i, Math.min(rows.size(), i + BATCH_ROWS)));
      }
    }

    @Nullable
    @Override
    public BatchRows next() {
      if (next == batches.size()) {
        return null;
      }
      List<StoredRow> batch = batches.get(next++);
      return new BatchRows() {
        @Override
        public int rowCount() {
          return batch.size();
        }

        @Override
        public RowData row(int index) {
          return row.replaceRow(reader.read(batch.get(index).row()));
        }
      };
    }

    @Override
    public void close() {
      next = batches.size();
    }
  }
}
