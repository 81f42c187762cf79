package io.fluss.sink;

import io.fluss.admin.OptionRules;
import io.fluss.kafka.ClientConfig;
import io.fluss.options.TableOptions;
import io.fluss.options.WriterOptions;
import io.fluss.table.TableInfo;
import io.fluss.topic.TopicNames;
import io.fluss.upsert.RowScope;
import io.fluss.write.KeyedBucketRouter;
import io.fluss.write.ProducerSettings;
import io.fluss.write.WriterConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.RowType;

/**
 * The checked settings of a table's sink; travels to the task managers.
 *
 * @param transactionalIdPrefix used with exactly-once only
 * @param parallelism number of sink tasks, null for as many as the input has
 * @param bucketShuffle whether rows of one bucket go to one task
 * @param ignoreDelete whether deletes are dropped, see {@link SinkOptions#IGNORE_DELETE}
 * @param scope what the rows hold; of a log table, full rows
 * @param overwritten the old rows that the job removes; empty: none
 */
record TableSinkConfig(
    TableInfo table,
    ClientConfig client,
    WriterConfig writer,
    DeliveryGuarantee deliveryGuarantee,
    String transactionalIdPrefix,
    @Nullable Integer parallelism,
    boolean bucketShuffle,
    boolean ignoreDelete,
    RowScope scope,
    List<OldRows> overwritten)
    implements Serializable {

  TableSinkConfig {
    overwritten = List.copyOf(overwritten);
  }

  /** Prefixes of options that are ours alone, so that an unknown one is a mistake. */
  private static final List<String> OWN_PREFIXES = List.of("sink.", "client.writer.");

  /**
   * Reads connection, writer and sink options; options of others are left alone.
   *
   * @throws ValidationException naming every problem
   */
  static TableSinkConfig of(TableInfo table, Map<String, String> options) {
    List<String> problems = new ArrayList<>(optionProblems(options));
    problems.addAll(ClientConfig.problems(options));
    problems.addAll(tableProblems(table, options));
    if (!problems.isEmpty()) {
      throw new ValidationException(
          "Cannot write to table '" + table.path() + "':\n- " + String.join("\n- ", problems));
    }
    ClientConfig client = ClientConfig.fromOptions(options);
    Configuration config = Configuration.fromMap(options);
    return new TableSinkConfig(
        table,
        client,
        WriterConfig.fromOptions(options),
        config.get(SinkOptions.DELIVERY_GUARANTEE),
        config
            .getOptional(SinkOptions.TRANSACTIONAL_ID_PREFIX)
            .orElseGet(() -> randomPrefix(table)),
        config.getOptional(SinkOptions.PARALLELISM).orElse(null),
        config.get(SinkOptions.BUCKET_SHUFFLE) && !table.bucketKey().isEmpty(),
        config.get(SinkOptions.IGNORE_DELETE),
        RowScope.fullRow(),
        List.of());
  }

  /** What is wrong with writer and sink options, whatever the table. */
  static List<String> optionProblems(Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    checkNames(options, problems);
    problems.addAll(WriterConfig.problems(options));
    Configuration config = Configuration.fromMap(options);
    for (ConfigOption<?> option :
        Stream.concat(SinkOptions.all().stream(), TableOptions.all().stream()).toList()) {
      checkParses(config, option, problems);
    }
    Map<String, String> parsed = OptionRules.of(SinkOptions.all()).readable(options);
    checkValues(Configuration.fromMap(parsed), problems);
    return problems;
  }

  /** What of the table, or of the options for it, cannot be written to. */
  static List<String> tableProblems(TableInfo table, Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    checkTable(table, problems);
    if (ClientConfig.problems(options).isEmpty()) {
      problems.addAll(ProducerSettings.problems(ClientConfig.fromOptions(options), table));
    }
    return problems;
  }

  /** The same for rows that hold something else. */
  TableSinkConfig withScope(RowScope other) {
    return new TableSinkConfig(
        table,
        client,
        writer,
        deliveryGuarantee,
        transactionalIdPrefix,
        parallelism,
        bucketShuffle,
        ignoreDelete,
        other,
        overwritten);
  }

  /** The same for a job that removes these rows. */
  TableSinkConfig withOverwrite(List<OldRows> old) {
    return new TableSinkConfig(
        table,
        client,
        writer,
        deliveryGuarantee,
        transactionalIdPrefix,
        parallelism,
        bucketShuffle,
        ignoreDelete,
        scope,
        old);
  }

  boolean overwrites() {
    return !overwritten.isEmpty();
  }

  /** Type of the rows that come. */
  RowType rowType() {
    return scope.rowType(table);
  }

  boolean exactlyOnce() {
    return deliveryGuarantee == DeliveryGuarantee.EXACTLY_ONCE;
  }

  /**
   * New for each plan: job names repeat ("insert-into_..."), and two running sinks with one prefix
   * would abort one another's transactions. A job that is restored knows the prefix it had from its
   * state. Begins like the topic, so that ACLs on the table's prefix cover it.
   */
  private static String randomPrefix(TableInfo table) {
    return TopicNames.transactions(table.topic() + ".sink-" + UUID.randomUUID());
  }

  private static void checkTable(TableInfo table, List<String> problems) {
    if (!table.bucketKey().isEmpty()) {
      try {
        KeyedBucketRouter.of(table);
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
  }

  private static void checkNames(Map<String, String> options, List<String> problems) {
    Set<String> known =
        Stream.concat(SinkOptions.all().stream(), WriterOptions.all().stream())
            .map(ConfigOption::key)
            .collect(Collectors.toSet());
    options.keySet().stream()
        .filter(key -> OWN_PREFIXES.stream().anyMatch(key::startsWith))
        .filter(key -> !known.contains(key))
        .sorted()
        .forEach(
            key ->
                problems.add(
                    "Option '"
                        + key
                        + "' is unknown. Known: "
                        + known.stream().sorted().toList()
                        + "."));
  }

  private static void checkParses(
      Configuration config, ConfigOption<?> option, List<String> problems) {
    try {
      config.getOptional(option);
    } catch (IllegalArgumentException e) {
      problems.add(
          "Option '"
              + option.key()
              + "' is '"
              + config.toMap().get(option.key())
              + "': "
              + rootMessage(e));
    }
  }

  /** What is wrong with sink options that are stored with a table, whose values can be read. */
  static List<String> problems(Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    checkValues(Configuration.fromMap(options), problems);
    return problems;
  }

  private static void checkValues(Configuration config, List<String> problems) {
    if (config.get(SinkOptions.DELIVERY_GUARANTEE) == DeliveryGuarantee.NONE) {
      problems.add(
          "Option '"
              + SinkOptions.DELIVERY_GUARANTEE.key()
              + "' is 'none', expected 'at-least-once', which costs no more, or 'exactly-once'.");
    }
    config
        .getOptional(SinkOptions.PARALLELISM)
        .filter(parallelism -> parallelism < 1)
        .ifPresent(
            parallelism ->
                problems.add(
                    "Option '"
                        + SinkOptions.PARALLELISM.key()
                        + "' is "
                        + parallelism
                        + ", expected 1 or more."));
    config
        .getOptional(SinkOptions.TRANSACTIONAL_ID_PREFIX)
        .filter(String::isBlank)
        .ifPresent(
            prefix ->
                problems.add(
                    "Option '" + SinkOptions.TRANSACTIONAL_ID_PREFIX.key() + "' is empty."));
  }

  /** For the summary of a plan. */
  static String partitions(TableInfo table) {
    return table.isPartitioned() ? "partitions by " + table.partitionKeys() + ", " : "";
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
