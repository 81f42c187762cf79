package io.fluss.sink;

import io.fluss.admin.NamedTable;
import io.fluss.kafka.ClientConfig;
import io.fluss.sink.serializer.FlussSerializationSchema;
import io.fluss.table.TableInfo;
import io.fluss.upsert.RowScope;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.util.InstantiationUtil;

/**
 * Builds a {@link FlussSink}. {@link #build} asks the brokers for the table, checks all settings
 * against it and reports all problems together. Not thread-safe.
 *
 * @param <T> values of the stream
 */
@PublicEvolving
public final class FlussSinkBuilder<T> {

  private final NamedTable table = new NamedTable();
  @Nullable private String[] partialColumns;
  @Nullable private DeliveryGuarantee guarantee;
  @Nullable private FlussSerializationSchema<T> schema;

  FlussSinkBuilder() {}

  /**
   * Required.
   *
   * @param servers comma separated HOST:PORT list
   * @return this
   */
  public FlussSinkBuilder<T> setBootstrapServers(String servers) {
    table.setBootstrapServers(servers);
    return this;
  }

  /**
   * Required: the database that the table is in.
   *
   * @param database its name
   * @return this
   */
  public FlussSinkBuilder<T> setDatabase(String database) {
    table.setDatabase(database);
    return this;
  }

  /**
   * Required: the table, without its database.
   *
   * @param name its name
   * @return this
   */
  public FlussSinkBuilder<T> setTable(String name) {
    table.setTable(name);
    return this;
  }

  /**
   * Required: what rows are made of the values.
   *
   * @param serializationSchema built in or of your own
   * @return this
   */
  public FlussSinkBuilder<T> setSerializationSchema(
      FlussSerializationSchema<T> serializationSchema) {
    schema = serializationSchema;
    return this;
  }

  /**
   * How rows come to the tasks; without it {@link DistributionMode#BUCKET}.
   *
   * @param mode by bucket, or none
   * @return this
   */
  public FlussSinkBuilder<T> setDistributionMode(DistributionMode mode) {
    if (table.isGiven("setDistributionMode", mode)) {
      setShuffleByBucketId(mode == DistributionMode.BUCKET);
    }
    return this;
  }

  /**
   * Whether rows of a bucket go to one task.
   *
   * @param shuffle true is {@link DistributionMode#BUCKET}, false {@link DistributionMode#NONE}
   * @return this
   */
  public FlussSinkBuilder<T> setShuffleByBucketId(boolean shuffle) {
    table.setOption(
        "setShuffleByBucketId", SinkOptions.BUCKET_SHUFFLE.key(), String.valueOf(shuffle));
    return this;
  }

  /**
   * Of a primary-key table, writes these columns only and leaves the others of a row as they are.
   *
   * @param names the primary key and at least one other column
   * @return this
   */
  public FlussSinkBuilder<T> setPartialUpdateColumns(String... names) {
    if (table.isGiven("setPartialUpdateColumns", (Object[]) names)) {
      partialColumns = names.clone();
    }
    return this;
  }

  /**
   * {@code AT_LEAST_ONCE}, the default, or {@code EXACTLY_ONCE}, which needs checkpoints.
   *
   * @param deliveryGuarantee {@code AT_LEAST_ONCE} or {@code EXACTLY_ONCE}
   * @return this
   */
  public FlussSinkBuilder<T> setDeliveryGuarantee(DeliveryGuarantee deliveryGuarantee) {
    if (table.isGiven("setDeliveryGuarantee", deliveryGuarantee)) {
      guarantee = deliveryGuarantee;
      table.setOption(
          "setDeliveryGuarantee",
          SinkOptions.DELIVERY_GUARANTEE.key(),
          deliveryGuarantee.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return this;
  }

  /**
   * With {@code EXACTLY_ONCE}, how the ids of Kafka transactions begin; no two running sinks may
   * share it. Without it, the table's topic and a random part that is new for each sink built.
   *
   * @param prefix not empty
   * @return this
   */
  public FlussSinkBuilder<T> setTransactionalIdPrefix(String prefix) {
    if (table.isGiven("setTransactionalIdPrefix", prefix)) {
      table.setOption(
          "setTransactionalIdPrefix", SinkOptions.TRANSACTIONAL_ID_PREFIX.key(), prefix);
    }
    return this;
  }

  /**
   * An option of a write: {@code client.security.*}, {@code client.writer.*}, {@code properties.*}
   * for Kafka's producer, {@code sink.*} as in SQL.
   *
   * @param key of the option
   * @param value as text
   * @return this
   */
  public FlussSinkBuilder<T> setOption(String key, String value) {
    table.setOption(key, value);
    return this;
  }

  /**
   * See {@link #setOption}.
   *
   * @param options value by key
   * @return this
   */
  public FlussSinkBuilder<T> setOptions(Map<String, String> options) {
    table.setOptions(options);
    return this;
  }

  /**
   * The sink.
   *
   * @return the sink, ready to be added to jobs
   * @throws ValidationException with all settings that are missing or wrong, by their setters
   */
  public FlussSink<T> build() {
    List<String> problems = new ArrayList<>(table.problems());
    boolean canAsk = problems.isEmpty();
    if (schema == null) {
      problems.add(
          "setSerializationSchema is missing. There are RowDataSerializationSchema,"
              + " PojoSerializationSchema and JsonStringSerializationSchema, or write your own.");
    }
    Map<String, String> options = table.options();
    problems.addAll(table.optionProblems());
    checkOptions(options, problems);
    Optional<TableInfo> found = Optional.empty();
    if (canAsk && ClientConfig.problems(options).isEmpty()) {
      found = table.find(ClientConfig.fromOptions(options), problems);
    }
    Optional<FlussSink<T>> sink = found.flatMap(info -> sink(info, options, problems));
    if (!problems.isEmpty() || sink.isEmpty()) {
      throw new ValidationException(
          "Cannot build a FlussSink of table '"
              + table.name()
              + "':\n- "
              + String.join("\n- ", problems));
    }
    return sink.get();
  }

  private void checkOptions(Map<String, String> options, List<String> problems) {
    List<String> wrong = new ArrayList<>(TableSinkConfig.optionProblems(options));
    if (guarantee == DeliveryGuarantee.NONE) {
      wrong.removeIf(p -> p.contains("'" + SinkOptions.DELIVERY_GUARANTEE.key() + "'"));
      problems.add(
          "setDeliveryGuarantee: NONE is not offered. Valid: AT_LEAST_ONCE, which costs no more, and"
              + " EXACTLY_ONCE.");
    }
    if (options.containsKey(SinkOptions.PARALLELISM.key())) {
      wrong.add(
          "'"
              + SinkOptions.PARALLELISM.key()
              + "' is for SQL. Call stream.sinkTo(sink).setParallelism(...) instead.");
    }
    if (options.containsKey(ClientConfig.BOOTSTRAP_SERVERS)) {
      wrong.addAll(ClientConfig.problems(options));
    }
    wrong.forEach(p -> problems.add(table.problemOfOption(p)));
  }

  private Optional<FlussSink<T>> sink(
      TableInfo info, Map<String, String> options, List<String> problems) {
    TableSinkConfig.tableProblems(info, options)
        .forEach(p -> problems.add((p.startsWith("Option '") ? "setOption: " : "setTable: ") + p));
    List<String> ofColumns = new ArrayList<>();
    RowScope scope =
        partialColumns == null ? RowScope.fullRow() : partial(info, partialColumns, ofColumns);
    problems.addAll(ofColumns);
    List<String> written =
        scope instanceof RowScope.Columns
            ? List.of(partialColumns)
            : info.rowType().getFieldNames();
    SinkColumns columns = new SinkColumns(info.rowType(), written, info.primaryKey());
    if (schema != null && ofColumns.isEmpty()) {
      checkSchema(columns, problems);
    }
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    TableSinkConfig config = TableSinkConfig.of(info, options).withScope(scope);
    return Optional.of(
        config.exactlyOnce()
            ? new ExactlyOnceSink<>(config, columns, schema)
            : new AtLeastOnceSink<>(config, columns, schema));
  }

  /** Tries a copy, so that what it makes when it is opened need not be serializable. */
  private void checkSchema(SinkColumns columns, List<String> problems) {
    try {
      InstantiationUtil.clone(schema).open(columns);
    } catch (NotSerializableException e) {
      problems.add(
          "setSerializationSchema: "
              + schema.getClass().getName()
              + " cannot go to the tasks, for it holds a "
              + e.getMessage()
              + ", which is not serializable. Make it in open(), in a transient field.");
    } catch (Exception e) {
      problems.add("setSerializationSchema: " + e.getMessage());
    }
  }

  private static RowScope partial(TableInfo info, String[] names, List<String> problems) {
    String setter = "setPartialUpdateColumns: ";
    if (!info.hasPrimaryKey()) {
      problems.add(
          setter
              + "table '"
              + info.path()
              + "' is a log table, whose rows stay as they are. Leave the setter out, or write a"
              + " table with a primary key.");
      return RowScope.fullRow();
    }
    List<String> columns = info.rowType().getFieldNames();
    List<String> unknown = List.of(names).stream().filter(n -> !columns.contains(n)).toList();
    if (!unknown.isEmpty()) {
      problems.add(
          setter
              + "table '"
              + info.path()
              + "' has no columns "
              + unknown
              + ". Columns: "
              + columns
              + ".");
    }
    Set<String> named = new LinkedHashSet<>(List.of(names));
    if (named.size() < names.length) {
      problems.add(setter + "columns are named twice in " + List.of(names) + ". Name each once.");
    }
    named.retainAll(new HashSet<>(columns));
    List<String> wrong = new ArrayList<>();
    RowScope scope = TargetColumns.scope(info, named, wrong);
    wrong.forEach(p -> problems.add(setter + p));
    return scope;
  }
}
