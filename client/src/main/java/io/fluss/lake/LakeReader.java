package io.fluss.lake;

import io.fluss.read.BatchRows;
import javax.annotation.Nullable;

/** Reads the rows of a split. One thread. */
public interface LakeReader extends AutoCloseable {

  /**
   * The next rows, with the columns of the read and row kind INSERT. Unlike other batches, this one
   * and its rows are valid only until the next call or the closing: copy what is kept, finish what
   * is passed on.
   *
   * @return null at the end
   * @throws LakeFileGoneException where a file of the snapshot is not there any more
   */
  @Nullable
  BatchRows next();

  @Override
  void close();
}
