package io.fluss.union;

import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeReader;
import io.fluss.lake.LakeSplit;
import io.fluss.lake.LakeStorage;
import io.fluss.read.BatchRows;
import io.fluss.table.TableInfo;
import javax.annotation.Nullable;

/**
 * Goes through what is to be read of a lake, batch by batch. Where it begins within a split, it
 * reads that from its beginning and passes over the rows that were read before. One thread.
 *
 * <pre>{@code
 * while (cursor.next()) {
 *   use(cursor.rows(), cursor.from()); // none where a split ends
 * }
 * }</pre>
 */
public final class LakeCursor implements AutoCloseable {

  private final LakeStorage lake;
  private final TableInfo table;
  private final LakeRead read;
  private final LakeRest rest;

  /** Null between splits. */
  @Nullable private LakeReader reader;

  @Nullable private BatchRows rows;
  private int split;
  private long rowsBefore;
  private long rowsBehind;

  /**
   * @param lake stays the caller's
   */
  public LakeCursor(LakeStorage lake, TableInfo table, LakeRead read, LakeRest rest) {
    this.lake = lake;
    this.table = table;
    this.read = read;
    this.rest = rest;
  }

  /**
   * Moves on by a batch, or across the end of a split.
   *
   * @return false where all has been read
   */
  public boolean next() {
    while (split < rest.splits().size()) {
      if (reader == null) {
        reader = lake.reader(table, read, rest.splits().get(split));
      }
      rows = reader.next();
      if (rows == null) {
        endSplit();
        return true;
      }
      rowsBefore = rowsBehind;
      rowsBehind += rows.rowCount();
      if (rowsBehind > skipped()) {
        return true;
      }
    }
    return false;
  }

  private void endSplit() {
    close();
    split++;
    rowsBefore = 0;
    rowsBehind = 0;
  }

  private long skipped() {
    return split == 0 ? rest.rowsRead() : 0;
  }

  /** The batch; null at the end of a split. Good until the cursor moves. */
  @Nullable
  public BatchRows rows() {
    return rows;
  }

  /** The first row of the batch that is to be read. */
  public int from() {
    return (int) Math.max(0, skipped() - rowsBefore);
  }

  /** The split that the batch is of. */
  public LakeSplit split() {
    return rest.splits().get(split);
  }

  /** The place behind so many rows of the batch; where a split has ended, behind that. */
  public LakePosition behind(int rowsOfBatch) {
    return new LakePosition(split, rowsBefore + rowsOfBatch);
  }

  @Override
  public void close() {
    rows = null;
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
