package io.fluss.sink;

import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.ProducerRecordSender;
import io.fluss.write.SendListener;
import io.fluss.write.TopicLimits;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;

/**
 * One task of the at-least-once sink of a primary-key table. The task's thread encodes and hands
 * over; the producer gathers, compresses and sends on its own. A record that fails comes as a mail,
 * so it fails the job even while no row arrives.
 */
final class KeyedTableWriter implements SinkWriter<RowData> {

  private final TaskMail mail;
  private final Counter errors;
  private final ProducerRecordSender sender;
  private final RowsToLog rows;
  private final TopicWatch watch;

  private KeyedTableWriter(
      TableSinkConfig config,
      WriterInitContext context,
      TopicLimits limits,
      LeaseTimes times,
      Duration topicCheckInterval)
      throws IOException {
    this.mail = new TaskMail(context.getMailboxExecutor());
    this.errors = context.metricGroup().getNumRecordsSendErrorsCounter();
    this.sender =
        new ProducerRecordSender(
            config.table(), config.client(), config.writer(), limits, listener());
    try {
      this.rows =
          KeyedRows.open(
              config, context, limits, times, new MeteredRecords(sender, context.metricGroup()));
    } catch (IOException | RuntimeException e) {
      sender.close();
      throw e;
    }
    this.watch = TopicWatch.start(config, context.getMailboxExecutor(), topicCheckInterval);
  }

  /** Asks the brokers for the topic and its limits, and connects. */
  static KeyedTableWriter open(
      TableSinkConfig config,
      WriterInitContext context,
      LeaseTimes times,
      Duration topicCheckInterval)
      throws IOException {
    TopicLimits limits = Opening.limits(config);
    return new KeyedTableWriter(config, context, limits, times, topicCheckInterval);
  }

  @Override
  public void write(RowData row, Context context) throws IOException, InterruptedException {
    rows.write(row);
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    rows.flush();
  }

  @Override
  public void close() {
    mail.close();
    watch.close();
    rows.close();
    sender.close();
  }

  private SendListener listener() {
    return new SendListener() {
      @Override
      public void acked() {}

      @Override
      public void failed() {
        mail.send(KeyedTableWriter.this::fail, "fail after a row was not written");
      }
    };
  }

  private void fail() {
    errors.inc();
    sender.throwIfFailed();
  }
}
