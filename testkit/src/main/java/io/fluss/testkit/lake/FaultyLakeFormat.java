package io.fluss.testkit.lake;

import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeFormat;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeReader;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeSplit;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.LakeUpserter;
import io.fluss.read.LogBatch;
import io.fluss.table.TableInfo;
import io.fluss.testkit.lake.LakeFaults.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.RowData;

/**
 * A real format that fails where {@link LakeFaults} of the table's database say. A test names a
 * subclass of it in {@code META-INF/services}; its identifier is {@code faulty-} and the other's.
 */
public abstract class FaultyLakeFormat implements LakeFormat {

  private final LakeFormat real;

  /** Takes the place of a format. */
  protected FaultyLakeFormat(LakeFormat real) {
    this.real = real;
  }

  @Override
  public String identifier() {
    return "faulty-" + real.identifier();
  }

  @Override
  public List<String> problems(TableInfo table) {
    return real.problems(table);
  }

  @Override
  public LakeStorage open(Map<String, String> options) {
    return new Storage(real.open(options));
  }

  /**
   * Is open until the last commit has ended: whoever sleeps in one is in a process that lives,
   * whose lake nobody closes.
   */
  private static final class Storage implements LakeStorage {

    private final LakeStorage real;
    private int commits;
    private boolean closed;

    Storage(LakeStorage real) {
      this.real = real;
    }

    synchronized void begin() {
      commits++;
    }

    synchronized void end() {
      commits--;
      closeWhenDone();
    }

    private void closeWhenDone() {
      if (closed && commits == 0) {
        real.close();
      }
    }

    @Override
    public void createTable(TableInfo table) {
      real.createTable(table);
    }

    @Override
    public Optional<LakeSnapshot> latestSnapshot(TableInfo table) {
      return real.latestSnapshot(table);
    }

    @Override
    public LakeAppender appender(TableInfo table, LakeBucket bucket) {
      return new Appender(table, real.appender(table, bucket));
    }

    @Override
    public LakeUpserter upserter(TableInfo table, LakeBucket bucket, Path temporaryDirectory) {
      return new Upserter(table, real.upserter(table, bucket, temporaryDirectory));
    }

    @Override
    public LakeCommitter committer(TableInfo table) {
      return new Committer(table, this, real.committer(table));
    }

    @Override
    public List<LakeSplit> plan(TableInfo table, LakeSnapshot snapshot, LakeRead read) {
      return real.plan(table, snapshot, read);
    }

    @Override
    public LakeReader reader(TableInfo table, LakeRead read, LakeSplit split) {
      return real.reader(table, read, split);
    }

    @Override
    public synchronized void close() {
      closed = true;
      closeWhenDone();
    }
  }

  private static void reached(Step step, TableInfo table) {
    LakeFaults.of(table.path().database()).reached(step, table.path());
  }

  private record Appender(TableInfo table, LakeAppender real) implements LakeAppender {

    @Override
    public void append(LogBatch batch) {
      real.append(batch);
    }

    @Override
    public byte[] finish() {
      reached(Step.FINISH, table);
      return real.finish();
    }

    @Override
    public long bytesWritten() {
      return real.bytesWritten();
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private record Upserter(TableInfo table, LakeUpserter real) implements LakeUpserter {

    @Override
    public void upsert(RowData row, long offset, long timestampMillis) {
      real.upsert(row, offset, timestampMillis);
    }

    @Override
    public void delete(RowData row, long offset, long timestampMillis) {
      real.delete(row, offset, timestampMillis);
    }

    @Override
    public byte[] finish() {
      reached(Step.FINISH, table);
      return real.finish();
    }

    @Override
    public long bytesWritten() {
      return real.bytesWritten();
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private record Committer(TableInfo table, Storage lake, LakeCommitter real)
      implements LakeCommitter {

    @Override
    public LakeSnapshot commit(List<byte[]> written, LakeOffsets from, LakeOffsets to) {
      lake.begin();
      try {
        reached(Step.BEFORE_COMMIT, table);
        LakeSnapshot committed = tried(written, from, to);
        reached(Step.AFTER_COMMIT, table);
        return committed;
      } finally {
        lake.end();
      }
    }

    private LakeSnapshot tried(List<byte[]> written, LakeOffsets from, LakeOffsets to) {
      LakeFaults faults = LakeFaults.of(table.path().database());
      try {
        LakeSnapshot committed = real.commit(written, from, to);
        faults.ended(table.path(), null);
        return committed;
      } catch (RuntimeException e) {
        faults.ended(table.path(), e);
        throw e;
      }
    }

    @Override
    public int files(List<byte[]> written) {
      return real.files(written);
    }

    @Override
    public void abort(List<byte[]> written) {
      real.abort(written);
    }

    @Override
    public void maintain() {
      lake.begin();
      try {
        reached(Step.MAINTENANCE, table);
        real.maintain();
      } finally {
        lake.end();
      }
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
