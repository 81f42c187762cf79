package io.fluss.examples;

import io.fluss.sink.FlussSink;
import io.fluss.sink.serializer.PojoSerializationSchema;
import io.fluss.source.FlussSource;
import io.fluss.source.OffsetsInitializer;
import io.fluss.source.deserializer.PojoDeserializationSchema;
import io.fluss.typed.Filter;
import java.math.BigDecimal;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** Writes records of Java into a log table, and reads some of their fields. */
public final class ReadObjects {

  /** A row of the table: its columns are {@code order_id}, {@code region}, ... */
  public record Order(long orderId, String region, BigDecimal amount, Instant orderedAt) {}

  /** What is read: a class may have fewer fields than the table has columns. */
  public record Amount(long orderId, BigDecimal amount) {}

  private ReadObjects() {}

  public static void main(String[] args) throws Exception {
    String brokers = Shop.brokers(args);
    Shop.createTable(
        brokers,
        "orders (order_id BIGINT NOT NULL, region STRING, amount DECIMAL(10, 2), ordered_at TIMESTAMP_LTZ(3))"
            + " WITH ('bucket.num' = '2')");
    write(brokers);
    read(brokers);
  }

  private static void write(String brokers) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    Instant now = Instant.now();
    environment
        .fromData(
            new Order(1, "eu", new BigDecimal("12.50"), now),
            new Order(2, "us", new BigDecimal("99.90"), now),
            new Order(3, "eu", new BigDecimal("7.25"), now))
        .sinkTo(
            FlussSink.<Order>builder()
                .setBootstrapServers(brokers)
                .setDatabase(Shop.DATABASE)
                .setTable("orders")
                .setSerializationSchema(PojoSerializationSchema.of(Order.class))
                .build());
    environment.execute("write orders");
  }

  private static void read(String brokers) throws Exception {
    FlussSource<Amount> source =
        FlussSource.<Amount>builder()
            .setBootstrapServers(brokers)
            .setDatabase(Shop.DATABASE)
            .setTable("orders")
            .setProjectedFields("order_id", "amount")
            .setFilter(Filter.equal("region", "eu"))
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded()
            .setDeserializationSchema(PojoDeserializationSchema.of(Amount.class))
            .build();
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    try (CloseableIterator<Amount> amounts =
        environment
            .fromSource(source, WatermarkStrategy.noWatermarks(), "orders")
            .executeAndCollect("read orders")) {
      amounts.forEachRemaining(
          order -> System.out.println("order " + order.orderId() + " of " + order.amount()));
    }
  }
}
