package io.fluss.examples;

import io.fluss.sink.FlussSink;
import io.fluss.sink.serializer.JsonStringSerializationSchema;
import io.fluss.source.FlussSource;
import io.fluss.source.deserializer.JsonStringDeserializationSchema;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** JSON in and JSON out, without a class for the rows. */
public final class JsonStrings {

  private JsonStrings() {}

  public static void main(String[] args) throws Exception {
    String brokers = Shop.brokers(args);
    Shop.createTable(brokers, "clicks (page STRING, clicked_at TIMESTAMP(3), tags ARRAY<STRING>)");

    StreamExecutionEnvironment writing = StreamExecutionEnvironment.getExecutionEnvironment();
    writing
        .fromData(
            "{\"page\": \"/home\", \"clicked_at\": \"2026-01-01T10:00:00\", \"tags\": [\"new\"]}",
            "{\"page\": \"/cart\"}")
        .sinkTo(
            FlussSink.<String>builder()
                .setBootstrapServers(brokers)
                .setDatabase(Shop.DATABASE)
                .setTable("clicks")
                .setSerializationSchema(new JsonStringSerializationSchema())
                .build());
    writing.execute("write clicks");

    FlussSource<String> source =
        FlussSource.<String>builder()
            .setBootstrapServers(brokers)
            .setDatabase(Shop.DATABASE)
            .setTable("clicks")
            .setBounded()
            .setDeserializationSchema(new JsonStringDeserializationSchema())
            .build();
    StreamExecutionEnvironment reading = StreamExecutionEnvironment.getExecutionEnvironment();
    try (CloseableIterator<String> clicks =
        reading
            .fromSource(source, WatermarkStrategy.noWatermarks(), "clicks")
            .executeAndCollect("read clicks")) {
      clicks.forEachRemaining(System.out::println);
    }
  }
}
