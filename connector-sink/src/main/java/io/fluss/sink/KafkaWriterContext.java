package io.fluss.sink;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.ProxyMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * A writer's context as Flink's Kafka writer inside it sees it: the same, but what the Kafka writer
 * counts as sent is not shown. To it each batch is one record, while {@link MeteredSender} has
 * counted the batch's rows and bytes in the same counters already. Errors, send time and the
 * producer's own metrics are shown.
 */
record KafkaWriterContext(WriterInitContext writer) implements WriterInitContext {

  @Override
  public SinkWriterMetricGroup metricGroup() {
    return new NothingSent(writer.metricGroup());
  }

  @Override
  public UserCodeClassLoader getUserCodeClassLoader() {
    return writer.getUserCodeClassLoader();
  }

  @Override
  public MailboxExecutor getMailboxExecutor() {
    return writer.getMailboxExecutor();
  }

  @Override
  public ProcessingTimeService getProcessingTimeService() {
    return writer.getProcessingTimeService();
  }

  @Override
  public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
    return writer.asSerializationSchemaInitializationContext();
  }

  @Override
  public boolean isObjectReuseEnabled() {
    return writer.isObjectReuseEnabled();
  }

  @Override
  public <T> TypeSerializer<T> createInputSerializer() {
    return writer.createInputSerializer();
  }

  @Override
  public <T> Optional<Consumer<T>> metadataConsumer() {
    return writer.metadataConsumer();
  }

  @Override
  public OptionalLong getRestoredCheckpointId() {
    return writer.getRestoredCheckpointId();
  }

  @Override
  public JobInfo getJobInfo() {
    return writer.getJobInfo();
  }

  @Override
  public TaskInfo getTaskInfo() {
    return writer.getTaskInfo();
  }

  /** Counters of rows and bytes that nobody sees; all else is the writer's. */
  private static final class NothingSent extends ProxyMetricGroup<SinkWriterMetricGroup>
      implements SinkWriterMetricGroup {

    private final OperatorIOMetricGroup unseen =
        UnregisteredMetricsGroup.createOperatorIOMetricGroup();

    NothingSent(SinkWriterMetricGroup writer) {
      super(writer);
    }

    @Override
    public OperatorIOMetricGroup getIOMetricGroup() {
      return unseen;
    }

    @Override
    public Counter getNumRecordsSendCounter() {
      return unseen.getNumRecordsOutCounter();
    }

    @Override
    public Counter getNumBytesSendCounter() {
      return unseen.getNumBytesOutCounter();
    }

    @Override
    public Counter getNumRecordsOutErrorsCounter() {
      return parentMetricGroup.getNumRecordsSendErrorsCounter();
    }

    @Override
    public Counter getNumRecordsSendErrorsCounter() {
      return parentMetricGroup.getNumRecordsSendErrorsCounter();
    }

    @Override
    public void setCurrentSendTimeGauge(Gauge<Long> gauge) {
      parentMetricGroup.setCurrentSendTimeGauge(gauge);
    }
  }
}
