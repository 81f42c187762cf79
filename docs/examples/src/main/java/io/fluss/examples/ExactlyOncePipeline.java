package io.fluss.examples;

import io.fluss.sink.FlussSink;
import io.fluss.sink.serializer.PojoSerializationSchema;
import io.fluss.source.FlussSource;
import io.fluss.source.deserializer.PojoDeserializationSchema;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * From one log table into another, each row exactly once: the source goes on where the last
 * checkpoint was, and the sink commits with it. It reads what is there and ends; without {@code
 * setBounded()} it would go on.
 */
public final class ExactlyOncePipeline {

  private static final int MANY = 1_000;

  /** A measured temperature. */
  public record Reading(long id, int sensor, double celsius) {}

  /** One that is too high. */
  public record Alert(long id, int sensor, String text) {}

  private ExactlyOncePipeline() {}

  public static void main(String[] args) throws Exception {
    String brokers = Shop.brokers(args);
    Shop.createTable(brokers, "readings (id BIGINT NOT NULL, sensor INT NOT NULL, celsius DOUBLE)");
    Shop.createTable(brokers, "alerts (id BIGINT NOT NULL, sensor INT NOT NULL, text STRING)");
    writeReadings(brokers);

    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.enableCheckpointing(1_000);
    DataStream<Alert> alerts =
        environment
            .fromSource(readings(brokers), WatermarkStrategy.noWatermarks(), "readings")
            .uid("readings")
            .filter(reading -> reading.celsius() > 99)
            .map(reading -> new Alert(reading.id(), reading.sensor(), reading.celsius() + " °C"));
    alerts
        .sinkTo(
            FlussSink.<Alert>builder()
                .setBootstrapServers(brokers)
                .setDatabase(Shop.DATABASE)
                .setTable("alerts")
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setSerializationSchema(PojoSerializationSchema.of(Alert.class))
                .build())
        .uid("alerts");
    environment.execute("alerts");
    System.out.println(countAlerts(brokers) + " alerts");
  }

  private static void writeReadings(String brokers) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment
        .fromData(
            LongStream.range(0, MANY)
                .mapToObj(id -> new Reading(id, (int) id % 7, 90 + id % 10 + 0.5))
                .toArray(Reading[]::new))
        .sinkTo(
            FlussSink.<Reading>builder()
                .setBootstrapServers(brokers)
                .setDatabase(Shop.DATABASE)
                .setTable("readings")
                .setSerializationSchema(PojoSerializationSchema.of(Reading.class))
                .build());
    environment.execute("write readings");
  }

  private static FlussSource<Reading> readings(String brokers) {
    return FlussSource.<Reading>builder()
        .setBootstrapServers(brokers)
        .setDatabase(Shop.DATABASE)
        .setTable("readings")
        .setBounded()
        .setDeserializationSchema(PojoDeserializationSchema.of(Reading.class))
        .build();
  }

  private static int countAlerts(String brokers) throws Exception {
    FlussSource<Alert> source =
        FlussSource.<Alert>builder()
            .setBootstrapServers(brokers)
            .setDatabase(Shop.DATABASE)
            .setTable("alerts")
            .setBounded()
            .setDeserializationSchema(PojoDeserializationSchema.of(Alert.class))
            .build();
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    return environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), "alerts")
        .executeAndCollect(MANY)
        .size();
  }
}
