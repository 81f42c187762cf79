package io.fluss.admin;

import io.fluss.kafka.ClientConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Which options may be set, and to what. Immutable. */
public final class OptionRules {

  private static final int LIKELY_TYPO = 6;

  private final SortedMap<String, ConfigOption<?>> known;
  private final Set<String> freePrefixes;

  private OptionRules(SortedMap<String, ConfigOption<?>> known, Set<String> freePrefixes) {
    this.known = known;
    this.freePrefixes = Set.copyOf(freePrefixes);
  }

  /** Rules that know these options and no others. */
  public static OptionRules of(Collection<? extends ConfigOption<?>> options) {
    SortedMap<String, ConfigOption<?>> known = new TreeMap<>();
    options.forEach(o -> known.putIfAbsent(o.key(), o));
    return new OptionRules(known, Set.of());
  }

  /** These rules, which leave what begins with one of these prefixes to others. */
  OptionRules withFreePrefixes(Set<String> prefixes) {
    return new OptionRules(known, prefixes);
  }

  private boolean isFree(String key) {
    return freePrefixes.stream().anyMatch(key::startsWith);
  }

  /** What is wrong with these options: names nobody knows, values that cannot be read. */
  public List<String> problems(Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    new TreeMap<>(options)
        .forEach(
            (key, value) -> {
              if (ClientConfig.isConnection(key)) {
                problems.add(
                    "Option '"
                        + key
                        + "' says how to reach Kafka and may hold a secret, so it is never stored"
                        + " with a table. Set it in CREATE CATALOG.");
              } else if (known.containsKey(key)) {
                valueProblem(known.get(key), options).ifPresent(problems::add);
              } else if (!isFree(key)) {
                problems.add(unknown(key));
              }
            });
    return problems;
  }

  /** Those of these options that are known and can be read. */
  public Map<String, String> readable(Map<String, String> options) {
    Map<String, String> readable = new TreeMap<>(options);
    readable
        .keySet()
        .removeIf(
            key ->
                !isFree(key)
                    && (!known.containsKey(key)
                        || valueProblem(known.get(key), options).isPresent()));
    return readable;
  }

  private String unknown(String key) {
    Optional<String> nearest =
        known.keySet().stream()
            .min(Comparator.comparingInt(name -> EditDistance.between(key, name)))
            .filter(name -> EditDistance.between(key, name) <= LIKELY_TYPO);
    return "Option '"
        + key
        + "' is unknown. "
        + nearest
            .map(name -> "Did you mean '" + name + "'?")
            .orElseGet(() -> "Known options: " + String.join(", ", known.keySet()) + ".");
  }

  /** Why the value of this option cannot be read; empty where it can, or is not set. */
  static Optional<String> valueProblem(ConfigOption<?> option, Map<String, String> options) {
    try {
      Configuration.fromMap(options).getOptional(option);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          "Option '"
              + option.key()
              + "' has the value '"
              + options.get(option.key())
              + "', which cannot be read: "
              + innermost(e).getMessage());
    }
  }

  /** The value where it is set and can be read; that it cannot be read is said elsewhere. */
  static <T> Optional<T> valueOf(Map<String, String> given, ConfigOption<T> option) {
    return valueProblem(option, given).isPresent()
        ? Optional.empty()
        : Configuration.fromMap(given).getOptional(option);
  }

  private static Throwable innermost(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
