package io.fluss.sink;

import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.ProducerRecordSender;
import io.fluss.write.SendListener;
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
  private final TaskTopics topics;

  private KeyedTableWriter(
      TableSinkConfig config, WriterInitContext context, TaskTopics topics, LeaseTimes times)
      throws IOException {
    this.topics = topics;
    this.mail = new TaskMail(context.getMailboxExecutor());
    this.errors = context.metricGroup().getNumRecordsSendErrorsCounter();
    this.sender =
        new ProducerRecordSender(
            config.table(), config.client(), config.writer(), topics.limits(), listener());
    topics.abortBy(sender::abort);
    try {
      this.rows =
          KeyedRows.open(
              config, context, topics, times, new MeteredRecords(sender, context.metricGroup()));
    } catch (IOException | RuntimeException e) {
      sender.close();
      throw e;
    }
  }

  /** Asks the brokers for the topic and its limits, and connects. */
  static KeyedTableWriter open(
      TableSinkConfig config,
      WriterInitContext context,
      LeaseTimes times,
      Duration topicCheckInterval)
      throws IOException {
    TaskTopics topics = TaskTopics.open(config, context, topicCheckInterval);
    try {
      return new KeyedTableWriter(config, context, topics, times);
    } catch (IOException | RuntimeException e) {
      topics.close();
      throw e;
    }
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
    rows.close();
    sender.close();
    topics.close();
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
