package io.fluss.examples;

import io.fluss.sink.FlussSink;
import io.fluss.sink.serializer.PojoSerializationSchema;
import io.fluss.source.FlussSource;
import io.fluss.source.deserializer.PojoDeserializationSchema;
import java.math.BigDecimal;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** Two streams fill different columns of the rows of one primary-key table. */
public final class PartialUpdates {

  /** What one system knows of a customer. */
  public record Name(long customerId, String name) {}

  /** What another one knows. */
  public record Spent(long customerId, BigDecimal spent) {}

  /** The row. */
  public record Customer(long customerId, String name, BigDecimal spent) {}

  private PartialUpdates() {}

  public static void main(String[] args) throws Exception {
    String brokers = Shop.brokers(args);
    Shop.createTable(
        brokers,
        "customers (customer_id BIGINT NOT NULL, name STRING, spent DECIMAL(10, 2),"
            + " PRIMARY KEY (customer_id) NOT ENFORCED) WITH ('bucket.num' = '2')");

    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    DataStream<Name> names = environment.fromData(new Name(1, "Ada"), new Name(2, "Alan"));
    DataStream<Spent> spent = environment.fromData(new Spent(2, new BigDecimal("99.90")));
    names.sinkTo(columns(brokers, Name.class, "customer_id", "name"));
    spent.sinkTo(columns(brokers, Spent.class, "customer_id", "spent"));
    environment.execute("fill columns");

    print(brokers);
  }

  private static <T> FlussSink<T> columns(String brokers, Class<T> type, String... columns) {
    return FlussSink.<T>builder()
        .setBootstrapServers(brokers)
        .setDatabase(Shop.DATABASE)
        .setTable("customers")
        .setPartialUpdateColumns(columns)
        .setSerializationSchema(PojoSerializationSchema.of(type))
        .build();
  }

  private static void print(String brokers) throws Exception {
    FlussSource<Customer> source =
        FlussSource.<Customer>builder()
            .setBootstrapServers(brokers)
            .setDatabase(Shop.DATABASE)
            .setTable("customers")
            .setBounded()
            .setDeserializationSchema(PojoDeserializationSchema.of(Customer.class))
            .build();
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    try (CloseableIterator<Customer> customers =
        environment
            .fromSource(source, WatermarkStrategy.noWatermarks(), "customers")
            .executeAndCollect("read customers")) {
      customers.forEachRemaining(System.out::println);
    }
  }
}
