package io.fluss.upsert;

import io.fluss.FlussException;
import io.fluss.format.row.RowEncoder;
import io.fluss.table.ColumnSet;
import io.fluss.table.TableInfo;
import io.fluss.write.WriteFailedException;
import io.fluss.write.WriteOutcome;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.annotation.Nullable;

/**
 * Deletes whole rows. In a table without column sets that is a tombstone. In others it is a marker,
 * with which the row is gone for every reader at once; then a tombstone of each column set, which
 * removes what lies hidden under the marker; then one of the full row, which removes the marker.
 * The writer's thread only.
 *
 * <p>A delete counts only if its last record is in the log before the lease of the view it was
 * written with is over: from then on there may be records of column sets it does not know. So when
 * the column sets change, and at each flush, it is waited for; where it came too late the write
 * fails, and whoever repeats it does so with a newer view.
 */
final class RowDeletes implements AutoCloseable {

  private final TableInfo table;
  private final ChangeEncoder encoder;
  private final RecordSender sender;
  private final LeaseTimes times;
  private final Supplier<TableView> openView;
  private final byte[] marker;

  /** Opened by the first delete: most writers need none. */
  @Nullable private TableView view;

  @Nullable private TableView.Seen used;
  private byte[] columnSets = {};
  private boolean unsettled;

  /** Deletes whose last record is not known to be in the log. */
  private final AtomicInteger onTheirWay = new AtomicInteger();

  /** When the last of them was. */
  private volatile long arrivedAtNanos;

  RowDeletes(
      TableInfo table,
      ChangeEncoder encoder,
      RecordSender sender,
      LeaseTimes times,
      Supplier<TableView> openView) {
    this.table = table;
    this.encoder = encoder;
    this.sender = sender;
    this.times = times;
    this.openView = openView;
    this.marker = RowEncoder.delete(table.schemaVersion());
  }

  /**
   * @param key of the row's record of column set 0
   * @throws FlussException where the table's column sets cannot be read
   */
  void delete(String topic, int bucket, byte[] key) throws InterruptedException {
    delete(topic, bucket, key, null);
  }

  /**
   * As the other.
   *
   * @param outcome told what becomes of the last record, null where nobody wants to know
   */
  void delete(String topic, int bucket, byte[] key, @Nullable WriteOutcome outcome)
      throws InterruptedException {
    TableView.Seen seen = view().fresh();
    if (used == null || seen.generation() != used.generation()) {
      settle();
      columnSets = ids(seen);
    }
    used = seen;
    unsettled = true;
    if (columnSets.length > 0) {
      sender.send(encoder.record(topic, bucket, key, marker));
    }
    for (byte columnSet : columnSets) {
      byte[] ofSet = key.clone();
      ofSet[0] = columnSet;
      sender.send(encoder.record(topic, bucket, ofSet, null));
    }
    onTheirWay.incrementAndGet();
    sender.send(encoder.record(topic, bucket, key, null), new Arrival(outcome));
  }

  /** Of the last record of a delete. */
  private final class Arrival implements WriteOutcome {

    @Nullable private final WriteOutcome outcome;

    Arrival(@Nullable WriteOutcome outcome) {
      this.outcome = outcome;
    }

    @Override
    public void written(String topic, int bucket, long offset) {
      arrivedAtNanos = System.nanoTime();
      onTheirWay.decrementAndGet();
      if (outcome != null) {
        outcome.written(topic, bucket, offset);
      }
    }

    @Override
    public void failed(WriteFailedException why) {
      if (outcome != null) {
        outcome.failed(why);
      }
    }
  }

  /**
   * Returns once all deletes are in the log.
   *
   * @throws WriteFailedException where one may have come too late
   */
  void settle() throws InterruptedException {
    TableView.Seen before = used;
    if (!unsettled || before == null) {
      return;
    }
    sender.flush();
    // Where the sender does not tell when, it was now at the latest.
    long arrivedNanos = onTheirWay.getAndSet(0) == 0 ? arrivedAtNanos : System.nanoTime();
    TableView.Seen now = view().fresh();
    if (arrivedNanos - lastSeen(before, now, arrivedNanos) > times.lease().toNanos()) {
      throw new WriteFailedException(
          "Cannot delete from table '"
              + table.path()
              + "': the brokers took the deletes only after more than "
              + times.lease().toSeconds()
              + " s, and meanwhile another job began to update columns of its own. Repeat the"
              + " deletes; a job does so when it restarts.");
    }
    unsettled = false;
  }

  /** When it was last known that there are no column sets but those used. */
  private long lastSeen(TableView.Seen before, TableView.Seen now, long arrivedNanos) {
    return switch (now.generation() - before.generation()) {
      case 0 -> Math.min(now.readAtNanos(), arrivedNanos);
      case 1 -> now.formerReadAtNanos();
      default -> before.readAtNanos();
    };
  }

  private TableView view() {
    TableView opened = view;
    if (opened == null) {
      opened = openView.get();
      view = opened;
    }
    return opened;
  }

  private static byte[] ids(TableView.Seen seen) {
    byte[] ids = new byte[seen.columnSets().size()];
    for (int i = 0; i < ids.length; i++) {
      ColumnSet set = seen.columnSets().get(i);
      ids[i] = (byte) set.id();
    }
    return ids;
  }

  @Override
  public void close() {
    if (view != null) {
      view.close();
    }
  }
}
