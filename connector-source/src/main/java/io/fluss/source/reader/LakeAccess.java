package io.fluss.source.reader;

import io.fluss.FlussException;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeSettings;
import io.fluss.lake.LakeSplit;
import io.fluss.lake.LakeStorage;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.union.LakeColumns;
import io.fluss.union.LakeCursor;
import io.fluss.union.LakeRest;
import io.fluss.union.LakeUse;
import io.fluss.union.UnionPlan;
import javax.annotation.Nullable;

/**
 * The lake as one source reader reads it. The fetcher thread opens it, since that may take its
 * time; the task thread reads, one cursor at a time, and closes it.
 */
final class LakeAccess implements AutoCloseable {

  private final LogScan scan;
  private final MetadataColumns metadata;
  private final LakeUse use;
  private final ClassLoader classLoader;
  @Nullable private LakeStorage lake;
  private boolean closed;

  /** Task thread; null where none is open. */
  @Nullable private LakeCursor cursor;

  /**
   * @param classLoader which knows the lake's format
   */
  LakeAccess(LogScan scan, MetadataColumns metadata, LakeUse use, ClassLoader classLoader) {
    this.scan = scan;
    this.metadata = metadata;
    this.use = use;
    this.classLoader = classLoader;
  }

  /** Opens the lake where it is not open. */
  synchronized LakeStorage open() {
    if (closed) {
      throw new IllegalStateException("The lake of " + scan.table().path() + " is closed.");
    }
    if (lake == null) {
      lake = settings().open(scan.table(), classLoader);
    }
    return lake;
  }

  private LakeSettings settings() {
    return use.settings().orElseThrow(this::notToBeRead);
  }

  private FlussException notToBeRead() {
    return new FlussException(
        "Cannot go on reading table '"
            + scan.table().path()
            + "': its state is of a read of lake and log, which had not finished with the lake, and"
            + " now the log alone is to be read. Restore the query as it was, with"
            + " 'table.datalake.enabled' = 'true', or start it without its old state.");
  }

  /** The columns that rows have to have to be emitted, and to tell which of them are wanted. */
  LakeColumns columns(LakeRest rest) {
    LakeColumns columns = LakeColumns.of(scan.table(), scan.selection());
    if (scan.selection() instanceof Selection.Records) {
      columns = columns.andAll();
    }
    if (metadata.columns().contains(MetadataColumn.OFFSET)) {
      columns = columns.and(LakeSchema.OFFSET);
    }
    if (metadata.columns().contains(MetadataColumn.TIMESTAMP) || keepsTime()) {
      columns = columns.and(LakeSchema.TIMESTAMP);
    }
    boolean bucketsUnknown =
        rest.splits().stream().map(LakeSplit::bucket).anyMatch(b -> b.isEmpty());
    if (rest.onlyBucket().isPresent()
        || bucketsUnknown && metadata.columns().contains(MetadataColumn.BUCKET)) {
      columns = columns.and(LakeSchema.BUCKET);
    }
    return columns;
  }

  /** Whether rows go out with their times, which a read has no use for that only wants them all. */
  private boolean keepsTime() {
    return use instanceof LakeUse.BeforeLog before
        && before.inOrder()
        && scan.selection() instanceof Selection.Fields;
  }

  LogScan scan() {
    return scan;
  }

  MetadataColumns metadata() {
    return metadata;
  }

  /**
   * Begins to read; what was read before is closed. Task thread.
   *
   * @throws FlussException where what is left is that of another read
   */
  LakeCursor begin(LakeColumns columns, LakeRest rest) {
    closeCursor();
    if (rest.readHash() != UnionPlan.readHash(scan)) {
      throw new FlussException(
          "Cannot go on reading the lake of table '"
              + scan.table().path()
              + "': its state is of a query with another condition or other columns, which had not"
              + " finished with the lake, and the place where it stopped means nothing to this one."
              + " Restore the query as it was, or start it without its old state.");
    }
    cursor = new LakeCursor(open(), scan.table(), UnionPlan.readOf(scan, columns), rest);
    return cursor;
  }

  private void closeCursor() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }

  /** Task thread. */
  @Override
  public void close() {
    try {
      closeCursor();
    } finally {
      closeLake();
    }
  }

  private synchronized void closeLake() {
    closed = true;
    if (lake != null) {
      lake.close();
      lake = null;
    }
  }
}
