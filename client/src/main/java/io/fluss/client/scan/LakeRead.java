package io.fluss.client.scan;

import io.fluss.lake.LakeStorage;
import io.fluss.read.LogScan;
import io.fluss.union.LakeRest;
import java.time.Duration;
import javax.annotation.Nullable;

/** Rows of a lake of which the log says nothing more. */
final class LakeRead implements BatchRead {

  private final LakeStorage lake;
  private final LogScan scan;
  private final LakeRest rest;
  private final RowSelection selection;
  @Nullable private LakeSource source;

  /**
   * @param lake stays the caller's
   */
  LakeRead(LakeStorage lake, LogScan scan, LakeRest rest, RowSelection selection) {
    this.lake = lake;
    this.scan = scan;
    this.rest = rest;
    this.selection = selection;
  }

  @Override
  @Nullable
  public RowBatch next(Duration timeout) {
    if (source == null) {
      source = new LakeSource(lake, scan, rest, selection, null);
    }
    return source.next();
  }

  @Override
  public void close() {
    if (source != null) {
      source.close();
    }
  }
}
