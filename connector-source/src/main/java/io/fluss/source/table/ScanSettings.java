package io.fluss.source.table;

import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeSettings;
import io.fluss.merge.BucketFold;
import io.fluss.options.ScannerOptions;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.lookup.LookupJoinOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * The checked options of one read.
 *
 * @param parallelism subtasks asked for, null where Flink decides
 * @param foldMemoryBytes memory of each reader that folds its buckets, null where it follows from
 *     the heap
 * @param discoveryInterval between looks for partitions; 0 or less: there is one only
 * @param lakes how to reach the lake of a table that is kept in one
 */
public record ScanSettings(
    ClientConfig client,
    StartingOffsets start,
    StoppingOffsets stop,
    @Nullable Integer parallelism,
    @Nullable Long foldMemoryBytes,
    Duration discoveryInterval,
    LakeSettings lakes) {

  private static final DateTimeFormatter LOCAL_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  /**
   * Checks all options.
   *
   * @param zone time zone of local date-times
   * @param batch whether the read has to end
   * @param now no read can begin, or be told to end, later than this
   * @throws ValidationException with all problems
   */
  static ScanSettings from(
      String table, Map<String, String> options, ZoneId zone, boolean batch, Instant now) {
    List<String> problems = new ArrayList<>();
    return read(options, zone, batch, now, problems)
        .orElseThrow(
            () ->
                new ValidationException(
                    "Cannot read table '"
                        + table
                        + "', because of its options:\n"
                        + problems.stream().map(p -> "- " + p).collect(Collectors.joining("\n"))));
  }

  /**
   * Checks all options.
   *
   * @param problems to which all are added that are found; where there are some, nothing is
   *     returned
   */
  public static Optional<ScanSettings> read(
      Map<String, String> options, ZoneId zone, boolean batch, Instant now, List<String> problems) {
    Parser parser = new Parser(options, zone, now);
    ClientConfig client = parser.client();
    parser.unknownOptions();
    Optional<ScanSettings> settings = Optional.empty();
    if (parser.wellFormed()) {
      settings =
          Optional.of(
              new ScanSettings(
                  client,
                  parser.start(),
                  parser.stop(batch),
                  parser.parallelism(),
                  parser.foldMemoryBytes(),
                  parser.configuration.get(SourceOptions.SCAN_PARTITION_DISCOVERY_INTERVAL),
                  LakeSettings.fromOptions(options)));
    }
    problems.addAll(parser.problems);
    return parser.problems.isEmpty() ? settings : Optional.empty();
  }

  /**
   * What is wrong with options whose values can be read. A read may happen at any time later, so no
   * time is taken to be in the future.
   *
   * @param stored what a table has; a time in it may have lost its use through what is given now
   * @param given what is given now, and wins
   */
  static List<String> problems(Map<String, String> stored, Map<String, String> given) {
    Map<String, String> all = new HashMap<>(stored);
    all.putAll(given);
    Parser parser = new Parser(all, ZoneId.systemDefault(), Instant.ofEpochMilli(Long.MAX_VALUE));
    parser.start();
    parser.stop(false);
    parser.parallelism();
    parser.foldMemoryBytes();
    parser.uselessTimes(given);
    return parser.problems;
  }

  /** Reads options and gathers what is wrong with them. */
  private static final class Parser {

    private static final ClientConfig NO_CLIENT = new ClientConfig("none", Map.of());

    private final Map<String, String> options;
    private final Configuration configuration;
    private final ZoneId zone;
    private final Instant now;
    private final List<String> problems = new ArrayList<>();

    Parser(Map<String, String> options, ZoneId zone, Instant now) {
      this.options = options;
      this.configuration = Configuration.fromMap(options);
      this.zone = zone;
      this.now = now;
    }

    ClientConfig client() {
      if ("read_uncommitted".equalsIgnoreCase(options.get("properties.isolation.level"))) {
        problems.add(
            "'properties.isolation.level' = 'read_uncommitted' is not supported: rows of aborted transactions would show. Remove it.");
      }
      List<String> connectionProblems = ClientConfig.problems(options);
      if (!connectionProblems.isEmpty()) {
        problems.addAll(connectionProblems);
        return NO_CLIENT;
      }
      try {
        ClientConfig given = ClientConfig.fromOptions(options);
        Map<String, String> properties = new HashMap<>(given.properties());
        properties.putAll(ScannerOptions.toKafka(configuration));
        return new ClientConfig(given.bootstrapServers(), properties);
      } catch (IllegalArgumentException e) {
        if (!isParseProblem(e)) {
          problems.add(e.getMessage());
        }
        return NO_CLIENT;
      }
    }

    /** Values that do not parse are reported once, by {@link #wellFormed()}. */
    private boolean isParseProblem(IllegalArgumentException e) {
      return ScannerOptions.all().stream()
          .anyMatch(o -> e.getMessage().contains("'" + o.key() + "'"));
    }

    /** Options of ours that do not exist are typing errors; others belong to others. */
    void unknownOptions() {
      Set<String> known =
          SourceOptions.all().stream().map(ConfigOption::key).collect(Collectors.toSet());
      options.keySet().stream()
          .filter(k -> k.startsWith("scan.") || k.startsWith("client.scanner."))
          .filter(k -> !known.contains(k))
          .sorted()
          .forEach(
              k ->
                  problems.add(
                      "'"
                          + k
                          + "' is not an option of reads. There are: "
                          + known.stream().sorted().toList()
                          + "."));
    }

    /** Options of lookups are checked where there is a lookup. */
    boolean wellFormed() {
      boolean wellFormed = true;
      List<ConfigOption<?>> ofScans = new ArrayList<>(SourceOptions.all());
      ofScans.removeAll(LookupJoinOptions.all());
      for (ConfigOption<?> option : ofScans) {
        try {
          configuration.getOptional(option);
        } catch (IllegalArgumentException e) {
          Throwable reason = e.getCause() == null ? e : e.getCause();
          problems.add(
              "'"
                  + option.key()
                  + "' = '"
                  + options.get(option.key())
                  + "' is not valid: "
                  + reason.getMessage());
          wellFormed = false;
        }
      }
      return wellFormed;
    }

    StartingOffsets start() {
      return switch (configuration.get(SourceOptions.SCAN_STARTUP_MODE)) {
        case FULL -> StartingOffsets.full();
        case EARLIEST -> StartingOffsets.earliest();
        case LATEST -> StartingOffsets.latest();
        case TIMESTAMP ->
            timestamp(SourceOptions.SCAN_STARTUP_TIMESTAMP, SourceOptions.SCAN_STARTUP_MODE)
                .map(this::startAt)
                .orElse(StartingOffsets.earliest());
      };
    }

    private StartingOffsets startAt(long epochMillis) {
      requirePast(
          epochMillis,
          SourceOptions.SCAN_STARTUP_TIMESTAMP,
          "Use 'scan.startup.mode' = 'latest' to read what is written from now on.");
      return StartingOffsets.timestamp(epochMillis);
    }

    private StoppingOffsets stopAt(long epochMillis) {
      requirePast(
          epochMillis,
          SourceOptions.SCAN_BOUNDED_TIMESTAMP,
          "Use 'scan.bounded.mode' = 'latest' to read what is written until now.");
      return StoppingOffsets.timestamp(epochMillis);
    }

    private void requirePast(long epochMillis, ConfigOption<String> option, String advice) {
      if (epochMillis > now.toEpochMilli()) {
        problems.add(
            "'"
                + option.key()
                + "' = '"
                + configuration.get(option)
                + "' is in the future; now is "
                + now
                + ". "
                + advice);
      }
    }

    StoppingOffsets stop(boolean batch) {
      return switch (configuration.get(SourceOptions.SCAN_BOUNDED_MODE)) {
        case UNBOUNDED -> batch ? StoppingOffsets.latest() : StoppingOffsets.never();
        case LATEST -> StoppingOffsets.latest();
        case TIMESTAMP ->
            timestamp(SourceOptions.SCAN_BOUNDED_TIMESTAMP, SourceOptions.SCAN_BOUNDED_MODE)
                .map(this::stopAt)
                .orElse(StoppingOffsets.latest());
      };
    }

    /** Times that nobody looks at, among the options given. */
    void uselessTimes(Map<String, String> given) {
      if (configuration.get(SourceOptions.SCAN_STARTUP_MODE) != StartupMode.TIMESTAMP) {
        uselessTime(
            given, SourceOptions.SCAN_STARTUP_TIMESTAMP, SourceOptions.SCAN_STARTUP_MODE.key());
      }
      if (configuration.get(SourceOptions.SCAN_BOUNDED_MODE) != BoundedMode.TIMESTAMP) {
        uselessTime(
            given, SourceOptions.SCAN_BOUNDED_TIMESTAMP, SourceOptions.SCAN_BOUNDED_MODE.key());
      }
    }

    private void uselessTime(Map<String, String> given, ConfigOption<String> time, String mode) {
      if (given.containsKey(time.key())) {
        problems.add(
            "'"
                + time.key()
                + "' = '"
                + given.get(time.key())
                + "' has no effect without '"
                + mode
                + "' = 'timestamp'. Set both or neither.");
      }
    }

    private Optional<Long> timestamp(ConfigOption<String> option, ConfigOption<?> mode) {
      String text = configuration.get(option);
      if (text == null) {
        problems.add(
            "'"
                + mode.key()
                + "' = 'timestamp' needs '"
                + option.key()
                + "': epoch milliseconds, or 'yyyy-MM-dd HH:mm:ss' in the session time zone.");
        return Optional.empty();
      }
      try {
        return Optional.of(
            text.chars().allMatch(Character::isDigit)
                ? Long.parseLong(text)
                : LocalDateTime.parse(text, LOCAL_TIME).atZone(zone).toInstant().toEpochMilli());
      } catch (NumberFormatException | DateTimeParseException e) {
        problems.add(
            "'"
                + option.key()
                + "' = '"
                + text
                + "' is not a time. Write epoch milliseconds, or 'yyyy-MM-dd HH:mm:ss' in the session time zone.");
        return Optional.empty();
      }
    }

    @Nullable
    Long foldMemoryBytes() {
      MemorySize size = configuration.get(SourceOptions.SCAN_FOLD_MEMORY_SIZE);
      if (size == null) {
        return null;
      }
      if (size.getBytes() < BucketFold.MIN_MEMORY_BYTES) {
        problems.add(
            "'"
                + SourceOptions.SCAN_FOLD_MEMORY_SIZE.key()
                + "' = '"
                + size
                + "' must be at least "
                + BucketFold.MIN_MEMORY_BYTES
                + " bytes.");
      }
      return size.getBytes();
    }

    @Nullable
    Integer parallelism() {
      Integer parallelism = configuration.get(FactoryUtil.SOURCE_PARALLELISM);
      if (parallelism != null && parallelism < 1) {
        problems.add(
            "'"
                + FactoryUtil.SOURCE_PARALLELISM.key()
                + "' = '"
                + parallelism
                + "' must be at least 1.");
      }
      return parallelism;
    }
  }
}
