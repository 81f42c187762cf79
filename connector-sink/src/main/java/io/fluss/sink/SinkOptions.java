package io.fluss.sink;

import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.factories.FactoryUtil;

/** Options of the Flink sink; they hold for one job and are not recorded with the table. */
@Internal
public final class SinkOptions {

  public static final ConfigOption<Integer> PARALLELISM = FactoryUtil.SINK_PARALLELISM;

  public static final ConfigOption<DeliveryGuarantee> DELIVERY_GUARANTEE =
      ConfigOptions.key("sink.delivery-guarantee")
          .enumType(DeliveryGuarantee.class)
          .defaultValue(DeliveryGuarantee.AT_LEAST_ONCE)
          .withDescription(
              "'at-least-once': rows are visible within milliseconds, and some may be written again after a failure. 'exactly-once': rows become visible with Flink's checkpoints, to read-committed readers each once.");

  public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
      ConfigOptions.key("sink.transactional-id-prefix")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "With 'exactly-once', how the ids of Kafka transactions begin; no two running sinks may share it. Without it, 'fluss.<topic>.sink-' and a random part that is new for each submitted job. Whoever may write a table may use ids that begin with 'fluss.<topic>.'.");

  public static final ConfigOption<Boolean> BUCKET_SHUFFLE =
      ConfigOptions.key("sink.bucket-shuffle")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether rows of one bucket go to one sink task, for tables with a bucket key: fewer and fuller batches, and rows with equal keys in order.");

  public static final ConfigOption<Boolean> IGNORE_DELETE =
      ConfigOptions.key("sink.ignore-delete")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether deletes are dropped. A log table takes a changelog then: new values are appended, old values of updates dropped as well.");

  private SinkOptions() {}

  /** All of them, for validation and documentation. */
  public static List<ConfigOption<?>> all() {
    return List.of(
        PARALLELISM, DELIVERY_GUARANTEE, TRANSACTIONAL_ID_PREFIX, BUCKET_SHUFFLE, IGNORE_DELETE);
  }
}
