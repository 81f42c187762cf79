package io.fluss.client.write;

import io.fluss.FlussException;
import io.fluss.client.shared.ClientContext;
import io.fluss.client.shared.SharedProducers;
import io.fluss.client.write.WriterState.RowRefusedException;
import io.fluss.table.TableInfo;
import io.fluss.write.LogBatchGatherer;
import io.fluss.write.ProducerSender;
import io.fluss.write.ProducerSettings;
import io.fluss.write.RowTooLargeException;
import io.fluss.write.RowTopics;
import io.fluss.write.SendListener;
import io.fluss.write.WriteTimer;
import io.fluss.write.WriterConfig;
import io.fluss.write.topics.WriterTopics;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.IOUtils;

/**
 * Rows -> lock -> {@link LogBatchGatherer} -> a producer that the connection's writers share. The
 * alarm of the gatherer rings on a thread of the client, under the same lock.
 */
final class LogAppendWriter implements AppendWriter {

  private final ClientContext context;
  private final WriterState state;
  private final WriterTopics topics;
  private final RowTopics rowTopics;
  private final SharedProducers.Lease lease;
  private final ProducerSender sender;
  private final LogBatchGatherer gatherer;
  private final RowCheck rows;
  private final TopicBuckets buckets;

  private LogAppendWriter(
      TableInfo table,
      ClientContext context,
      WriterConfig config,
      WriterTopics topics,
      SharedProducers.Lease lease) {
    this.context = context;
    this.topics = topics;
    this.rowTopics = topics.rows();
    this.lease = lease;
    this.state = new WriterState(table, context);
    this.rows = RowCheck.all(table, topics.limits().maxRecordBytes());
    this.buckets = new TopicBuckets(table);
    this.sender =
        ProducerSender.sharing(
            table, context.client(), lease.producer(), listener(config.batchTimeout().isZero()));
    this.gatherer =
        new LogBatchGatherer(
            table, config, rowTopics, topics.limits(), sender, System::currentTimeMillis, timer());
    state.start(
        topics,
        gatherer::giveUp,
        why -> {
          sender.abort(why);
          lease.closeIfAlone();
        });
  }

  static LogAppendWriter open(TableInfo table, ClientContext context) {
    context.requireOpen();
    WriterConfig config = context.writer(table);
    try {
      WriterTopics topics = WriterTopics.sharing(table, context.tables(), config, table.rowType());
      try {
        return open(table, context, config, topics);
      } catch (RuntimeException e) {
        topics.close();
        throw e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlussException("Interrupted while table '" + table.path() + "' was opened.", e);
    }
  }

  private static LogAppendWriter open(
      TableInfo table, ClientContext context, WriterConfig config, WriterTopics topics) {
    SharedProducers.Lease lease =
        context
            .producers()
            .take(
                ProducerSettings.batches(context.client(), config.memoryBytes(), topics.limits()));
    try {
      return context.opened(new LogAppendWriter(table, context, config, topics, lease));
    } catch (RuntimeException e) {
      lease.giveBack(false);
      throw e;
    }
  }

  @Override
  public CompletableFuture<AppendResult> append(RowData row) {
    return state.write(() -> appendLocked(row));
  }

  private CompletableFuture<AppendResult> appendLocked(RowData row) throws InterruptedException {
    boolean large = check(row);
    try {
      return large
          ? gatherer.writeAlone(row, PendingWrite.OfAppend.class, this::pending)
          : gatherer.write(row, PendingWrite.OfAppend.class, this::pending);
    } catch (RowTooLargeException e) {
      throw large ? new RowRefusedException(e) : e;
    } catch (ClassCastException
        | IllegalArgumentException
        | NullPointerException
        | IndexOutOfBoundsException e) {
      throw new RowRefusedException(rows.unfit(e));
    }
  }

  /** Whether the row may be too large for a record. */
  private boolean check(RowData row) {
    try {
      rows.require(row);
      rowTopics.number(row);
      return rows.isLarge(row);
    } catch (FlussException e) {
      throw new RowRefusedException(e);
    } catch (ClassCastException
        | IllegalArgumentException
        | NullPointerException
        | IndexOutOfBoundsException e) {
      throw new RowRefusedException(rows.unfit(e));
    }
  }

  private PendingWrite.OfAppend pending() {
    return new PendingWrite.OfAppend(buckets);
  }

  @Override
  public void flush() {
    state.requireMayWait("flush()");
    state.require(gatherer::sealAll);
    state.await(sender::flush);
  }

  /** Memory of rows that are not sent yet; none once it is closed. For tests. */
  long gatheredBytes() {
    return gatherer.gatheredBytes();
  }

  private WriteTimer timer() {
    return timeMillis ->
        context
            .threads()
            .runIn(timeMillis - System.currentTimeMillis(), () -> state.run(gatherer::onTimer));
  }

  private SendListener listener(boolean wantsAcks) {
    return new SendListener() {
      @Override
      public void acked() {
        if (wantsAcks) {
          context.threads().runIn(0, () -> state.run(gatherer::onAck));
        }
      }

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
      state.settle(gatherer::sealAll);
      state.settleUnlocked(sender::flush);
      state.endClose(gatherer::giveUp);
      // a thread that is interrupted frees everything, too
      IOUtils.closeAllQuietly(sender, topics, () -> lease.giveBack(state.hasFailed()));
    } finally {
      context.closed(this);
      state.freed();
    }
  }
}
