package io.fluss.client.write;

import io.fluss.FlussException;
import io.fluss.client.shared.ClientContext;
import io.fluss.client.shared.SharedProducers;
import io.fluss.client.write.WriterState.RowRefusedException;
import io.fluss.table.TableInfo;
import io.fluss.upsert.DeletionDisabledException;
import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.ProducerRecordSender;
import io.fluss.upsert.RowScope;
import io.fluss.write.ProducerSettings;
import io.fluss.write.RowTooLargeException;
import io.fluss.write.RowTopics;
import io.fluss.write.SendListener;
import io.fluss.write.WriterConfig;
import io.fluss.write.topics.WriterTopics;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.IOUtils;

/**
 * Changes -> lock -> {@link io.fluss.upsert.UpsertWriter} -> a producer that the connection's
 * writers share.
 */
final class KeyedUpsertWriter implements UpsertWriter {

  private final ClientContext context;
  private final WriterState state;
  private final WriterTopics topics;
  private final RowTopics rowTopics;
  private final SharedProducers.Lease lease;
  private final ProducerRecordSender sender;
  private final io.fluss.upsert.UpsertWriter writer;
  private final RowCheck rows;
  private final TopicBuckets buckets;

  private KeyedUpsertWriter(
      TableInfo table,
      ClientContext context,
      RowScope scope,
      LeaseTimes times,
      WriterTopics topics,
      SharedProducers.Lease lease) {
    this.context = context;
    this.topics = topics;
    this.rowTopics = topics.rows();
    this.lease = lease;
    this.state = new WriterState(table, context);
    this.rows = new RowCheck(table, written(table, scope), topics.limits().maxRecordBytes());
    this.buckets = new TopicBuckets(table);
    this.sender =
        ProducerRecordSender.sharing(table, context.client(), lease.producer(), listener());
    this.writer =
        io.fluss.upsert.UpsertWriter.sharing(
            table,
            context.client(),
            context.tables(),
            scope,
            rowTopics,
            topics.limits(),
            times,
            sender);
    state.start(
        topics,
        why -> {},
        why -> {
          sender.abort(why);
          lease.closeIfAlone();
        });
  }

  /** The columns whose values are written: the primary key, and those that the writer knows. */
  private static int[] written(TableInfo table, RowScope scope) {
    if (!(scope instanceof RowScope.Columns some)) {
      return IntStream.range(0, table.rowType().getFieldCount()).toArray();
    }
    return IntStream.concat(
            IntStream.of(table.keyPositions()),
            IntStream.range(0, table.currentSchema().fields().size())
                .filter(
                    i -> some.fieldIds().contains(table.currentSchema().fields().get(i).fieldId())))
        .toArray();
  }

  static KeyedUpsertWriter open(
      TableInfo table, ClientContext context, RowScope scope, LeaseTimes times) {
    context.requireOpen();
    WriterConfig config = context.writer(table);
    try {
      WriterTopics topics = WriterTopics.sharing(table, context.tables(), config, table.rowType());
      try {
        return open(table, context, scope, times, config, topics);
      } catch (RuntimeException e) {
        topics.close();
        throw e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlussException("Interrupted while table '" + table.path() + "' was opened.", e);
    }
  }

  private static KeyedUpsertWriter open(
      TableInfo table,
      ClientContext context,
      RowScope scope,
      LeaseTimes times,
      WriterConfig config,
      WriterTopics topics) {
    SharedProducers.Lease lease =
        context
            .producers()
            .take(ProducerSettings.rows(context.client(), config, topics.limits(), table));
    try {
      return context.opened(new KeyedUpsertWriter(table, context, scope, times, topics, lease));
    } catch (RuntimeException e) {
      lease.giveBack(false);
      throw e;
    }
  }

  @Override
  public CompletableFuture<UpsertResult> upsert(RowData row) {
    return state.write(
        () -> {
          PendingWrite.OfUpsert pending = new PendingWrite.OfUpsert(buckets);
          require(row, false);
          try {
            writer.upsert(row, pending);
          } catch (RowTooLargeException e) {
            throw new RowRefusedException(e);
          } catch (ClassCastException | IllegalArgumentException | NullPointerException e) {
            throw new RowRefusedException(rows.unfit(e));
          }
          return pending;
        });
  }

  @Override
  public CompletableFuture<DeleteResult> delete(RowData row) {
    return state.write(
        () -> {
          PendingWrite.OfDelete pending = new PendingWrite.OfDelete(buckets);
          require(row, true);
          try {
            return writer.delete(row, pending)
                ? pending
                : CompletableFuture.completedFuture(DeleteResult.NOTHING);
          } catch (DeletionDisabledException e) {
            throw new RowRefusedException(e);
          } catch (ClassCastException | IllegalArgumentException | NullPointerException e) {
            throw new RowRefusedException(rows.unfit(e));
          }
        });
  }

  private void require(RowData row, boolean keyOnly) {
    try {
      if (keyOnly) {
        rows.requireKey(row);
      } else {
        rows.require(row);
      }
      rowTopics.number(row);
    } catch (FlussException e) {
      throw new RowRefusedException(e);
    } catch (ClassCastException | IllegalArgumentException | NullPointerException e) {
      throw new RowRefusedException(rows.unfit(e));
    }
  }

  @Override
  public void flush() {
    state.requireMayWait("flush()");
    // The first one waits without the lock, so that others can go on writing meanwhile.
    state.await(sender::flush);
    state.require(writer::flush);
  }

  private SendListener listener() {
    return new SendListener() {
      @Override
      public void acked() {}

      @Override
      public void failed() {
        context.threads().runIn(0, () -> state.run(sender::throwIfFailed));
      }
    };
  }

  @Override
  public void close() {
    if (!state.beginClose()) {
      return;
    }
    try {
      state.settleUnlocked(sender::flush);
      state.settle(writer::flush);
      state.endClose(why -> {});
      // a thread that is interrupted frees everything, too
      IOUtils.closeAllQuietly(writer, sender, topics, () -> lease.giveBack(state.hasFailed()));
    } finally {
      context.closed(this);
      state.freed();
    }
  }
}
