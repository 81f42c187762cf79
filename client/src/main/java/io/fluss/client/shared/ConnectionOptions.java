package io.fluss.client.shared;

import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeSettings;
import io.fluss.options.ScannerOptions;
import io.fluss.options.SecurityOptions;
import io.fluss.options.WriterOptions;
import io.fluss.write.ProducerSettings;
import io.fluss.write.WriterConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/** What a connection may be told, and everything that is wrong with what it is told. */
@Internal
public final class ConnectionOptions {

  // The two that lookups have in SQL as well, where they are described.
  private static final ConfigOption<MemorySize> LOOKUP_MEMORY =
      ConfigOptions.key("lookup.memory-size").memoryType().noDefaultValue();

  private static final ConfigOption<String> LOOKUP_DIR =
      ConfigOptions.key("lookup.local-dir").stringType().noDefaultValue();

  /** Groups whose options are not all known here. */
  private static final List<String> GROUPS =
      List.of(ClientConfig.PROPERTIES_PREFIX, SecurityOptions.PREFIX, LakeSettings.PREFIX);

  private ConnectionOptions() {}

  /** Memory of the rows of one lookuper. */
  public static Optional<MemorySize> lookupMemory(Configuration options) {
    return options.getOptional(LOOKUP_MEMORY);
  }

  /** Where lookups keep what does not fit into memory. */
  public static Optional<Path> lookupDirectory(Configuration options) {
    return options.getOptional(LOOKUP_DIR).map(Path::of);
  }

  /** All problems; none quotes a secret. */
  static List<String> problems(Map<String, String> options) {
    List<String> problems = new ArrayList<>(ClientConfig.problems(options));
    checkNames(options, problems);
    problems.addAll(WriterConfig.problems(options));
    Map<String, String> readable = new LinkedHashMap<>(options);
    readable.keySet().removeAll(checkParses(options, problems));
    checkKafka(readable, problems);
    if (ClientConfig.problems(options).isEmpty()) {
      problems.addAll(ProducerSettings.problems(ClientConfig.fromOptions(options)));
    }
    return problems;
  }

  private static void checkNames(Map<String, String> options, List<String> problems) {
    Set<String> known = new TreeSet<>();
    Stream.concat(parsed(), WriterOptions.all().stream()).forEach(o -> known.add(o.key()));
    known.add(ClientConfig.BOOTSTRAP_SERVERS);
    options.keySet().stream()
        .filter(key -> !known.contains(key) && GROUPS.stream().noneMatch(key::startsWith))
        .sorted()
        .forEach(
            key ->
                problems.add(
                    "Option '"
                        + key
                        + "' is unknown. Known are "
                        + known
                        + ", and those that begin with "
                        + GROUPS
                        + "."));
  }

  private static Stream<ConfigOption<?>> parsed() {
    return Stream.concat(ScannerOptions.all().stream(), Stream.of(LOOKUP_MEMORY, LOOKUP_DIR));
  }

  /** The options whose values cannot be read. */
  private static Set<String> checkParses(Map<String, String> options, List<String> problems) {
    Set<String> unreadable = new LinkedHashSet<>();
    Configuration configuration = Configuration.fromMap(options);
    parsed()
        .forEach(
            option -> {
              try {
                configuration.getOptional(option);
              } catch (IllegalArgumentException e) {
                Throwable reason = e.getCause() == null ? e : e.getCause();
                problems.add(problem(option.key(), options, reason.getMessage()));
                unreadable.add(option.key());
              }
            });
    return unreadable;
  }

  /** Values that Kafka's clients would not take, before there are such clients. */
  private static void checkKafka(Map<String, String> options, List<String> problems) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> optionOf = new LinkedHashMap<>();
    options.forEach(
        (key, value) -> {
          boolean ofKafka = key.startsWith(ClientConfig.PROPERTIES_PREFIX);
          String name = ofKafka ? key.substring(ClientConfig.PROPERTIES_PREFIX.length()) : key;
          // how to log in is checked with the connection, and may be secret
          if (ofKafka && !name.startsWith("ssl.") && !name.startsWith("sasl.")) {
            values.put(name, value);
            optionOf.put(name, key);
          }
        });
    for (ConfigOption<?> option : ScannerOptions.all()) {
      String value = options.get(option.key());
      if (value != null) {
        ScannerOptions.toKafka(Configuration.fromMap(Map.of(option.key(), value)))
            .forEach(
                (name, inKafka) -> {
                  values.put(name, inKafka);
                  optionOf.put(name, option.key());
                });
      }
    }
    Set<String> found = new LinkedHashSet<>();
    for (ConfigDef clients : List.of(ConsumerConfig.configDef(), ProducerConfig.configDef())) {
      for (ConfigValue checked : clients.validate(values)) {
        String option = optionOf.get(checked.name());
        if (option != null) {
          checked.errorMessages().forEach(why -> found.add(problem(option, options, why)));
        }
      }
    }
    problems.addAll(found);
  }

  private static String problem(String option, Map<String, String> options, String why) {
    return "Option '" + option + "' is '" + options.get(option) + "': " + why;
  }
}
