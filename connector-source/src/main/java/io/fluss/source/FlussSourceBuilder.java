package io.fluss.source;

import io.fluss.admin.NamedTable;
import io.fluss.source.deserializer.FlussDeserializationSchema;
import io.fluss.source.table.SourceOptions;
import io.fluss.typed.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ValidationException;

/**
 * Builds a {@link FlussSource}. {@link #build} asks the brokers for the table, checks all settings
 * against it and reports all problems together. Not thread-safe.
 *
 * @param <T> what the source emits
 */
@PublicEvolving
public final class FlussSourceBuilder<T> {

  private final NamedTable table = new NamedTable();
  private final List<Filter> filters = new ArrayList<>();
  @Nullable private String[] projectedFields;
  @Nullable private Map<String, String> partition;
  @Nullable private OffsetsInitializer startingOffsets;
  @Nullable private OffsetsInitializer stoppingOffsets;
  @Nullable private FlussDeserializationSchema<T> schema;

  FlussSourceBuilder() {}

  /**
   * Required.
   *
   * @param servers comma separated HOST:PORT list
   * @return this
   */
  public FlussSourceBuilder<T> setBootstrapServers(String servers) {
    table.setBootstrapServers(servers);
    return this;
  }

  /**
   * Required: the database that the table is in.
   *
   * @param database its name
   * @return this
   */
  public FlussSourceBuilder<T> setDatabase(String database) {
    table.setDatabase(database);
    return this;
  }

  /**
   * Required: the table, without its database.
   *
   * @param name its name
   * @return this
   */
  public FlussSourceBuilder<T> setTable(String name) {
    table.setTable(name);
    return this;
  }

  /**
   * Required: what values are made of the rows.
   *
   * @param deserializationSchema built in or of your own
   * @return this
   */
  public FlussSourceBuilder<T> setDeserializationSchema(
      FlussDeserializationSchema<T> deserializationSchema) {
    schema = deserializationSchema;
    return this;
  }

  /**
   * Reads these columns only, in this order. Without it, all columns of the table.
   *
   * @param names of columns of the table
   * @return this
   */
  public FlussSourceBuilder<T> setProjectedFields(String... names) {
    if (table.isGiven("setProjectedFields", (Object[]) names)) {
      projectedFields = names.clone();
    }
    return this;
  }

  /**
   * Where the read begins; without it {@link OffsetsInitializer#full()}.
   *
   * @param offsets the beginning
   * @return this
   */
  public FlussSourceBuilder<T> setStartingOffsets(OffsetsInitializer offsets) {
    if (table.isGiven("setStartingOffsets", offsets)) {
      startingOffsets = offsets;
    }
    return this;
  }

  /**
   * Lets the read end behind the rows that are there when it begins.
   *
   * @return this
   */
  public FlussSourceBuilder<T> setBounded() {
    return setBounded(OffsetsInitializer.latest());
  }

  /**
   * Lets the read end.
   *
   * @param end {@code latest()}, {@code timestamp(...)}, which ends before what was stored at or
   *     after it, or offsets, each the first that is not read
   * @return this
   */
  public FlussSourceBuilder<T> setBounded(OffsetsInitializer end) {
    if (table.isGiven("setBounded", end)) {
      stoppingOffsets = end;
    }
    return this;
  }

  /**
   * Reads rows that match only; of several filters, all have to. Partitions, batches and lake files
   * that cannot hold such rows are not read at all. Rows that are left out move no watermark on. In
   * an endless read of a primary-key table, filters are of its primary key only.
   *
   * @param filter by names of columns
   * @return this
   */
  public FlussSourceBuilder<T> setFilter(Filter filter) {
    // no later call makes up for a null, for filters add up
    if (filter == null) {
      table.isGiven("setFilter", filter);
    } else {
      filters.add(filter);
    }
    return this;
  }

  /**
   * Reads partitions only that have these values.
   *
   * @param values text of the value, by partition key; keys that are not named have any
   * @return this
   */
  public FlussSourceBuilder<T> setPartitionFilter(Map<String, String> values) {
    if (table.isGiven("setPartitionFilter", values)
        && table.isGiven("setPartitionFilter", values.keySet().toArray())
        && table.isGiven("setPartitionFilter", values.values().toArray())) {
      partition = new LinkedHashMap<>(values);
    }
    return this;
  }

  /**
   * How often an endless read of a partitioned table looks for partitions that have come or gone;
   * 10 seconds without it.
   *
   * @param millis 0 or less: only when the read begins, or goes on from a checkpoint
   * @return this
   */
  public FlussSourceBuilder<T> setScanPartitionDiscoveryIntervalMs(long millis) {
    table.setOption(
        "setScanPartitionDiscoveryIntervalMs",
        SourceOptions.SCAN_PARTITION_DISCOVERY_INTERVAL.key(),
        Math.max(0, millis) + " ms");
    return this;
  }

  /**
   * An option of a read: {@code client.security.*}, {@code client.scanner.*}, {@code client.rack},
   * {@code properties.*} for Kafka's consumer, {@code datalake.*} for where the lake is, {@code
   * scan.*} as in SQL, where a setter that says the same wins.
   *
   * @param key of the option
   * @param value as text
   * @return this
   */
  public FlussSourceBuilder<T> setOption(String key, String value) {
    table.setOption(key, value);
    return this;
  }

  /**
   * See {@link #setOption}.
   *
   * @param options value by key
   * @return this
   */
  public FlussSourceBuilder<T> setOptions(Map<String, String> options) {
    table.setOptions(options);
    return this;
  }

  /**
   * The source.
   *
   * @return the source, ready to be added to jobs
   * @throws ValidationException with all settings that are missing or wrong, by their setters
   */
  public FlussSource<T> build() {
    return plan(false).source();
  }

  /**
   * The changes of a primary-key table with old and new rows, as {@code +I}, {@code -U} with {@code
   * +U}, and {@code -D}, all of them whole; and of tables whose rows have to be put together: those
   * with partial updates, {@code first_row} and {@code versioned} tables. This is no source alone:
   * behind it the state of each key is kept, as large as the table. Of a log table, and where the
   * read ends, it is as the source.
   *
   * @param environment to which it is added
   * @param name of the operators, and how their uids begin
   * @return the stream of values
   * @throws ValidationException as {@link #build}
   */
  public DataStream<T> changelog(StreamExecutionEnvironment environment, String name) {
    return ChangelogStream.of(plan(true), environment, name);
  }

  private SourcePlan<T> plan(boolean withState) {
    return SourcePlan.of(
        new SourceWishes<>(
            table,
            projectedFields,
            List.copyOf(filters),
            partition,
            startingOffsets,
            stoppingOffsets,
            schema),
        withState);
  }
}
