package io.fluss.sink;

import io.fluss.write.ProducerSender;
import io.fluss.write.SendListener;
import io.fluss.write.WriteTimer;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;

/**
 * One task of the at-least-once sink. Everything runs on the task's thread; what Kafka's I/O thread
 * has to say comes as a mail, so a failed batch fails the job even while no row arrives.
 */
final class LogTableWriter implements SinkWriter<RowData> {

  private final TaskMail mail;
  private final ProcessingTimeService time;
  private final Counter errors;
  private final ProducerSender sender;
  private final RowGathering rows;
  private final TaskTopics topics;

  private LogTableWriter(TableSinkConfig config, WriterInitContext context, TaskTopics topics) {
    this.topics = topics;
    this.mail = new TaskMail(context.getMailboxExecutor());
    this.time = context.getProcessingTimeService();
    this.errors = context.metricGroup().getNumRecordsSendErrorsCounter();
    this.sender =
        new ProducerSender(
            config.table(),
            config.client(),
            config.writer().memoryBytes(),
            topics.limits(),
            listener(config.writer().batchTimeout().isZero()));
    topics.abortBy(sender::abort);
    context.metricGroup().setCurrentSendTimeGauge(sender::lastRoundTripMillis);
    this.rows =
        new RowGathering(
            config,
            config.writer(),
            topics,
            sender,
            context.metricGroup(),
            time::getCurrentProcessingTime,
            timer());
  }

  /** Asks the brokers for the topic and its limits, and connects. */
  static LogTableWriter open(
      TableSinkConfig config, WriterInitContext context, Duration topicCheckInterval)
      throws IOException {
    TaskTopics topics = TaskTopics.open(config, context, topicCheckInterval);
    try {
      Overwrite.cutOff(config, context.getTaskInfo());
      return new LogTableWriter(config, context, topics);
    } catch (RuntimeException e) {
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

  private WriteTimer timer() {
    return timeMillis -> {
      if (timeMillis <= time.getCurrentProcessingTime()) {
        mail.send(rows::onTimer, "send gathered rows");
      } else {
        time.registerTimer(timeMillis, now -> mail.runUnlessClosed(rows::onTimer));
      }
    };
  }

  private SendListener listener(boolean wantsAcks) {
    return new SendListener() {
      @Override
      public void acked() {
        if (wantsAcks) {
          mail.send(rows::onAck, "send rows gathered during a round trip");
        }
      }

      @Override
      public void failed() {
        mail.send(LogTableWriter.this::fail, "fail after a batch was not written");
      }
    };
  }

  private void fail() {
    errors.inc();
    sender.throwIfFailed();
  }
}
