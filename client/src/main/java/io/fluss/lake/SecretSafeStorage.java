package io.fluss.lake;

import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.table.TableInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/** A lake whose failures hold no secret, whatever the libraries below it say. */
record SecretSafeStorage(LakeStorage lake, LakeSecrets secrets) implements LakeStorage {

  private static <T> T safely(LakeSecrets secrets, Supplier<T> action) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      throw secrets.safe(e);
    }
  }

  private static void safely(LakeSecrets secrets, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      throw secrets.safe(e);
    }
  }

  @Override
  public void createTable(TableInfo table) {
    safely(secrets, () -> lake.createTable(table));
  }

  @Override
  public Optional<LakeSnapshot> latestSnapshot(TableInfo table) {
    return safely(secrets, () -> lake.latestSnapshot(table));
  }

  @Override
  public LakeAppender appender(TableInfo table, LakeBucket bucket) {
    return safely(secrets, () -> new Appender(lake.appender(table, bucket), secrets));
  }

  @Override
  public LakeUpserter upserter(TableInfo table, LakeBucket bucket, Path temporaryDirectory) {
    return safely(
        secrets, () -> new Upserter(lake.upserter(table, bucket, temporaryDirectory), secrets));
  }

  @Override
  public LakeCommitter committer(TableInfo table) {
    return safely(secrets, () -> new Committer(lake.committer(table), secrets));
  }

  @Override
  public List<LakeSplit> plan(TableInfo table, LakeSnapshot snapshot, LakeRead read) {
    return safely(secrets, () -> lake.plan(table, snapshot, read));
  }

  @Override
  public LakeReader reader(TableInfo table, LakeRead read, LakeSplit split) {
    return safely(secrets, () -> new Reader(lake.reader(table, read, split), secrets));
  }

  @Override
  public void close() {
    safely(secrets, lake::close);
  }

  private record Appender(LakeAppender real, LakeSecrets secrets) implements LakeAppender {

    @Override
    public void append(LogBatch batch) {
      safely(secrets, () -> real.append(batch));
    }

    @Override
    public byte[] finish() {
      return safely(secrets, real::finish);
    }

    @Override
    public long bytesWritten() {
      return real.bytesWritten();
    }

    @Override
    public void close() {
      safely(secrets, real::close);
    }
  }

  private record Upserter(LakeUpserter real, LakeSecrets secrets) implements LakeUpserter {

    @Override
    public void upsert(RowData row, long offset, long timestampMillis) {
      try {
        real.upsert(row, offset, timestampMillis);
      } catch (RuntimeException e) {
        throw secrets.safe(e);
      }
    }

    @Override
    public void delete(RowData row, long offset, long timestampMillis) {
      try {
        real.delete(row, offset, timestampMillis);
      } catch (RuntimeException e) {
        throw secrets.safe(e);
      }
    }

    @Override
    public byte[] finish() {
      return safely(secrets, real::finish);
    }

    @Override
    public long bytesWritten() {
      return real.bytesWritten();
    }

    @Override
    public void close() {
      safely(secrets, real::close);
    }
  }

  private record Committer(LakeCommitter real, LakeSecrets secrets) implements LakeCommitter {

    @Override
    public LakeSnapshot commit(List<byte[]> written, LakeOffsets from, LakeOffsets to) {
      return safely(secrets, () -> real.commit(written, from, to));
    }

    @Override
    public int files(List<byte[]> written) {
      return safely(secrets, () -> real.files(written));
    }

    @Override
    public void abort(List<byte[]> written) {
      safely(secrets, () -> real.abort(written));
    }

    @Override
    public void maintain() {
      safely(secrets, real::maintain);
    }

    @Override
    public void close() {
      safely(secrets, real::close);
    }
  }

  private record Reader(LakeReader real, LakeSecrets secrets) implements LakeReader {

    @Nullable
    @Override
    public BatchRows next() {
      try {
        return real.next();
      } catch (RuntimeException e) {
        throw secrets.safe(e);
      }
    }

    @Override
    public void close() {
      safely(secrets, real::close);
    }
  }
}
