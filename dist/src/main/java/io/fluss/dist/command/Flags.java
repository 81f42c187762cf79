package io.fluss.dist.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The flags of one command, read once: a flag has a value ({@code --port 9092} or {@code
 * --port=9092}) or is a switch. Whatever is not declared is refused. Nothing that may be a password
 * is in a message.
 */
final class Flags {

  /** Flags that have passwords in their values. */
  private static final Set<String> SECRET = Set.of("--user");

  private final Map<String, List<String>> values;

  private Flags(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads all arguments.
   *
   * @param valued names of flags that take a value
   * @param switches names of flags that take none
   */
  static Flags parse(List<String> args, Set<String> valued, Set<String> switches) {
    Map<String, List<String>> values = new HashMap<>();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
      String name = equals < 0 ? arg : arg.substring(0, equals);
      if (valued.contains(name)) {
        if (equals < 0 && i + 1 == args.size()) {
          throw new UsageException("Flag '%s' needs a value.".formatted(name));
        }
        String value = equals < 0 ? args.get(++i) : arg.substring(equals + 1);
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
      } else if (switches.contains(arg)) {
        values.put(arg, List.of());
      } else {
        throw new UsageException(
            arg.startsWith("-")
                ? "Unknown flag '%s'.".formatted(name)
                : unknownArgument(arg, i + 1, valued));
      }
    }
    return new Flags(values);
  }

  private static String unknownArgument(String arg, int place, Set<String> valued) {
    return Collections.disjoint(valued, SECRET)
        ? "Unknown argument '%s'.".formatted(arg)
        : ("Unknown argument at place %d. It is not shown, since it may hold a password."
                + " Each value follows its flag.")
            .formatted(place);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  Optional<String> one(String name) {
    List<String> given = all(name);
    if (given.size() > 1) {
      throw new UsageException("Flag '%s' was given %d times.".formatted(name, given.size()));
    }
    return given.stream().findFirst();
  }

  int number(String name, int defaultValue, int min, int max) {
    Optional<String> given = one(name);
    if (given.isEmpty()) {
      return defaultValue;
    }
    try {
      int number = Integer.parseInt(given.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, together with numbers out of range.
    }
    throw new UsageException(
        "Flag '%s' must be a number from %d to %d, but is '%s'."
            .formatted(name, min, max, given.get()));
  }

  /** The values of a repeatable {@code left<separator>right} flag; a later one wins. */
  Map<String, String> pairs(String name, char separator) {
    Map<String, String> pairs = new HashMap<>();
    for (String value : all(name)) {
      int at = value.indexOf(separator);
      if (at < 1) {
        String needs = "Flag '%s' needs two parts with '%s' between".formatted(name, separator);
        throw new UsageException(
            SECRET.contains(name) ? needs + "." : "%s, but is '%s'.".formatted(needs, value));
      }
      pairs.put(value.substring(0, at), value.substring(at + 1));
    }
    return pairs;
  }
}
