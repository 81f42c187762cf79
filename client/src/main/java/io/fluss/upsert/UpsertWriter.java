package io.fluss.upsert;

import io.fluss.FlussException;
import io.fluss.admin.ColumnSetRegistration;
import io.fluss.admin.TableAdmin;
import io.fluss.format.row.RowEncoder;
import io.fluss.kafka.ClientConfig;
import io.fluss.options.DeleteBehavior;
import io.fluss.table.ColumnSet;
import io.fluss.table.TableInfo;
import io.fluss.write.RowTooLargeException;
import io.fluss.write.RowTopics;
import io.fluss.write.SendListener;
import io.fluss.write.TopicLimits;
import io.fluss.write.WriteFailedException;
import io.fluss.write.WriteOutcome;
import io.fluss.write.WriterConfig;
import io.fluss.write.topics.WriterTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes changes of rows to a primary-key table.
 *
 * <ul>
 *   <li>Inserts and new values of updates are upserts: {@code +I} and {@code +U} of a row are the
 *       same. Old values of updates are skipped.
 *   <li>Deletes are what {@code table.delete.behavior} says. Of whole rows they reach every column
 *       set of the row.
 *   <li>Changes of a row are in the log in the order given. {@link #flush()} returns once all are.
 * </ul>
 *
 * One thread. Owns its connections, and the sender only where it opened it.
 */
public final class UpsertWriter implements AutoCloseable {

  private final TableInfo table;
  private final ClientConfig client;
  private final ChangeEncoder encoder;
  private final RowTopics topics;
  private final RecordSender sender;

  /** What this writer closes beside what it opens later. */
  private final List<AutoCloseable> owned;

  private final DeleteBehavior deleteBehavior;
  private final long maxRecordBytes;

  /** Where the writer knows all columns. */
  @Nullable private final RowDeletes deletes;

  /** In place of a row that is deleted, where the writer knows some columns. */
  private final byte[] partialDelete;

  private final long firstWriteNanos;
  private boolean mayWrite;

  private UpsertWriter(
      TableInfo table,
      ClientConfig client,
      ChangeEncoder encoder,
      RowTopics topics,
      RecordSender sender,
      TopicLimits limits,
      List<AutoCloseable> owned,
      @Nullable RowDeletes deletes,
      Duration waitBeforeFirstWrite) {
    this.table = table;
    this.client = client;
    this.encoder = encoder;
    this.topics = topics;
    this.sender = sender;
    this.owned = owned;
    this.deleteBehavior = table.deleteBehavior();
    this.maxRecordBytes = ChangeEncoder.maxRowBytes(limits);
    this.deletes = deletes;
    this.partialDelete = RowEncoder.partialDelete(table.schemaVersion());
    this.firstWriteNanos = System.nanoTime() + waitBeforeFirstWrite.toNanos();
    this.mayWrite = waitBeforeFirstWrite.isZero();
  }

  /**
   * A writer with a producer of its own, see {@link #open}.
   *
   * @throws FlussException where the brokers do not answer, or the table is not there any more
   */
  public static UpsertWriter connect(
      TableInfo table, ClientConfig client, WriterConfig config, RowScope scope, LeaseTimes times)
      throws InterruptedException {
    WriterTopics topics = WriterTopics.open(table, client, config, scope.rowType(table));
    try {
      RecordSender sender =
          new ProducerRecordSender(table, client, config, topics.limits(), SendListener.none());
      try {
        return open(
            table,
            client,
            scope,
            topics.rows(),
            topics.limits(),
            times,
            sender,
            List.of(sender, topics));
      } catch (RuntimeException e) {
        sender.close();
        throw e;
      }
    } catch (RuntimeException e) {
      topics.close();
      throw e;
    }
  }

  /**
   * A writer of the table. For some columns it registers their column set, where nobody did so
   * before, and its first write waits for a lease.
   *
   * @param topics of the table's rows; stay with the caller
   * @param limits what each topic takes
   * @param sender brings the records to the log; stays with the caller
   * @throws FlussException where the table cannot have such a column set
   */
  public static UpsertWriter open(
      TableInfo table,
      ClientConfig client,
      RowScope scope,
      RowTopics topics,
      TopicLimits limits,
      LeaseTimes times,
      RecordSender sender) {
    return open(table, client, scope, topics, limits, times, sender, List.of());
  }

  /**
   * As {@link #open}, over a connection that others use as well.
   *
   * @param admin of this client; stays the caller's
   */
  public static UpsertWriter sharing(
      TableInfo table,
      ClientConfig client,
      TableAdmin admin,
      RowScope scope,
      RowTopics topics,
      TopicLimits limits,
      LeaseTimes times,
      RecordSender sender) {
    return open(
        table,
        client,
        scope,
        topics,
        limits,
        times,
        sender,
        List.of(),
        columns -> admin.registerColumnSet(table, columns.fieldIds()),
        () -> TableView.sharing(table, admin, times));
  }

  private static UpsertWriter open(
      TableInfo table,
      ClientConfig client,
      RowScope scope,
      RowTopics topics,
      TopicLimits limits,
      LeaseTimes times,
      RecordSender sender,
      List<AutoCloseable> owned) {
    return open(
        table,
        client,
        scope,
        topics,
        limits,
        times,
        sender,
        owned,
        columns -> register(table, client, columns),
        () -> TableView.open(table, client, times));
  }

  private static UpsertWriter open(
      TableInfo table,
      ClientConfig client,
      RowScope scope,
      RowTopics topics,
      TopicLimits limits,
      LeaseTimes times,
      RecordSender sender,
      List<AutoCloseable> owned,
      Function<RowScope.Columns, ColumnSetRegistration> register,
      Supplier<TableView> view) {
    if (scope instanceof RowScope.Columns some) {
      ColumnSetRegistration registered = register.apply(some);
      ColumnSet set = registered.columnSet();
      Duration wait = registered.waitBeforeFirstWrite();
      return new UpsertWriter(
          table,
          client,
          ChangeEncoder.columns(table, set),
          topics,
          sender,
          limits,
          owned,
          null,
          wait.isZero() ? wait : times.lease());
    }
    ChangeEncoder encoder =
        scope instanceof RowScope.Key ? ChangeEncoder.keys(table) : ChangeEncoder.fullRows(table);
    RowDeletes deletes = new RowDeletes(table, encoder, sender, times, view);
    return new UpsertWriter(
        table, client, encoder, topics, sender, limits, owned, deletes, Duration.ZERO);
  }

  private static ColumnSetRegistration register(
      TableInfo table, ClientConfig client, RowScope.Columns columns) {
    try (TableAdmin admin = TableAdmin.connect(client)) {
      return admin.registerColumnSet(table, columns.fieldIds());
    }
  }

  /**
   * Writes one change; returns before it is in the log.
   *
   * @throws FlussException where the row cannot be written, or one before it was not
   */
  public void write(RowData row) throws InterruptedException {
    switch (row.getRowKind()) {
      case INSERT, UPDATE_AFTER -> upsert(row, null);
      case DELETE -> delete(row, null);
      case UPDATE_BEFORE -> {}
    }
  }

  /**
   * Sets a row, or the columns that the writer knows, whatever its row kind; returns before it is
   * in the log.
   *
   * @param outcome told what becomes of it, null where nobody wants to know
   * @throws RowTooLargeException where the row does not fit a record; nothing was written
   * @throws FlussException where the row cannot be written, or one before it was not
   */
  public void upsert(RowData row, @Nullable WriteOutcome outcome) throws InterruptedException {
    if (!mayWrite) {
      awaitFirstWrite();
    }
    int bucket;
    byte[] key;
    byte[] value;
    try {
      bucket = encoder.bucket(row);
      key = encoder.key(row);
      value = encoder.value(row);
    } catch (IllegalArgumentException e) {
      throw unfit(e);
    }
    long size = (long) key.length + value.length;
    if (size > maxRecordBytes) {
      throw new RowTooLargeException(table.path(), bucket, size, maxRecordBytes);
    }
    send(encoder.record(topics.name(topics.number(row)), bucket, key, value), outcome);
  }

  private void send(ProducerRecord<byte[], byte[]> record, @Nullable WriteOutcome outcome)
      throws InterruptedException {
    if (outcome == null) {
      sender.send(record);
    } else {
      sender.send(record, outcome);
    }
  }

  /**
   * Deletes a row, or the columns that the writer knows, as {@code table.delete.behavior} says; a
   * partition that is not there has no rows, so nothing is to be done and it is not created.
   *
   * @param outcome told what becomes of it, null where nobody wants to know
   * @return whether there is anything to write; otherwise nothing is told
   * @throws FlussException where it cannot be deleted, or a row before it was not written
   */
  public boolean delete(RowData row, @Nullable WriteOutcome outcome) throws InterruptedException {
    if (!mayWrite) {
      awaitFirstWrite();
    }
    switch (deleteBehavior) {
      case IGNORE -> {
        return false;
      }
      case DISABLE -> throw new DeletionDisabledException(table.path());
      case ALLOW -> {
        int bucket;
        byte[] key;
        try {
          bucket = encoder.bucket(row);
          key = encoder.key(row);
        } catch (IllegalArgumentException e) {
          throw unfit(e);
        }
        String topic = topics.nameIfThere(topics.number(row));
        if (topic == null) {
          return false;
        }
        if (deletes == null) {
          send(encoder.record(topic, bucket, key, partialDelete), outcome);
        } else {
          deletes.delete(topic, bucket, key, outcome);
        }
      }
    }
    return true;
  }

  /**
   * Deletes the rows that have records before these offsets, whatever the table does with deletes
   * otherwise; returns before that is in the log.
   *
   * @param in the table, or one of its partitions
   * @param ends by bucket
   * @throws IllegalStateException where the writer knows some of the columns only
   */
  public void deleteRowsBefore(TableInfo in, Map<Integer, Long> ends) throws InterruptedException {
    if (deletes == null) {
      throw new IllegalStateException("A partial update deletes no rows.");
    }
    new RowTruncation(in, client, deletes).deleteRowsBefore(ends);
  }

  /**
   * Returns once all changes are in the log.
   *
   * @throws WriteFailedException where one is not
   */
  public void flush() throws InterruptedException {
    if (deletes != null) {
      deletes.settle();
    }
    sender.flush();
    topics.flushed();
  }

  private synchronized void awaitFirstWrite() throws InterruptedException {
    long left = firstWriteNanos - System.nanoTime();
    while (left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = firstWriteNanos - System.nanoTime();
    }
    mayWrite = true;
  }

  private FlussException unfit(IllegalArgumentException e) {
    return new FlussException(
        "Cannot write a row to table '" + table.path() + "': " + e.getMessage(), e);
  }

  @Override
  public void close() {
    if (deletes != null) {
      deletes.close();
    }
    owned.forEach(IOUtils::closeQuietly);
  }
}
