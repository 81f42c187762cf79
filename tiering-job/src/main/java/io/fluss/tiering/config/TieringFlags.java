package io.fluss.tiering.config;

import io.fluss.admin.OptionRules;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/**
 * Reads the command line of the job: flags {@code --name value} or {@code --name=value}. What is
 * wrong is said all at once.
 */
public final class TieringFlags {

  private static final String FLUSS = "fluss.";
  private static final String CLIENT = FLUSS + "client.";
  private static final String PROPERTIES = FLUSS + ClientConfig.PROPERTIES_PREFIX;
  private static final String BOOTSTRAP_SERVERS = FLUSS + ClientConfig.BOOTSTRAP_SERVERS;

  /** How the job is started, for messages. */
  public static final String USAGE =
      """
      Usage: flink run fluss-flink-tiering-<version>.jar <flags>
        --fluss.bootstrap.servers HOST:PORT,...   the brokers (needed)
        --fluss.client.security.<option> VALUE    the login: protocol, sasl.username, sasl.password, ...
        --fluss.client.rack RACK|env:NAME         rack of the readers, see docs/rack-awareness.md
        --fluss.client.<option> VALUE             other client options of Fluss
        --fluss.properties.<property> VALUE       of Kafka's clients, under Kafka's own names
        --datalake.format FORMAT                  paimon or iceberg (needed)
        --datalake.<format>.<option> VALUE        of the lake's catalog, for example warehouse
        --lake.tiering.<option> VALUE             of the job, see docs/tiering.md
      """;

  private TieringFlags() {}

  /**
   * Reads flags.
   *
   * @throws IllegalArgumentException where they do not do, with all reasons and the usage; never
   *     with a value that may be a secret
   */
  public static TieringConfig read(String... args) {
    List<String> problems = new ArrayList<>();
    Map<String, String> flags = parse(args, problems);
    requireKnown(flags, problems);
    require(flags, BOOTSTRAP_SERVERS, "the brokers, for example localhost:9092", problems);
    require(flags, LakeSettings.FORMAT, "the lake's format, 'paimon' or 'iceberg'", problems);
    requireLogin(flags, problems);
    requireLake(flags, problems);
    Map<String, String> own = new TreeMap<>(flags);
    own.keySet().removeIf(key -> !key.startsWith(TieringOptions.PREFIX));
    problems.addAll(OptionRules.of(TieringOptions.all()).problems(own));
    if (problems.isEmpty()) {
      checkValues(Configuration.fromMap(own), problems);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "The tiering job cannot start:\n- " + String.join("\n- ", problems) + "\n" + USAGE);
    }
    return new TieringConfig(
        ClientConfig.fromOptions(clientOptions(flags)),
        flags.get(LakeSettings.FORMAT),
        LakeSettings.fromOptions(flags),
        Configuration.fromMap(own));
  }

  private static Map<String, String> parse(String[] args, List<String> problems) {
    Map<String, String> flags = new TreeMap<>();
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        problems.add("Flags begin with two dashes; argument " + (i + 1) + " does not.");
        continue;
      }
      String flag = args[i].substring(2);
      int equals = flag.indexOf('=');
      String name = equals < 0 ? flag : flag.substring(0, equals);
      String value = null;
      if (equals >= 0) {
        value = flag.substring(equals + 1);
      } else if (i + 1 < args.length && !args[i + 1].startsWith("--")) {
        value = args[++i];
      }
      if (value == null) {
        problems.add("Flag '--" + name + "' has no value.");
      } else if (flags.put(name, value) != null) {
        problems.add("Flag '--" + name + "' is given more than once.");
      }
    }
    return flags;
  }

  private static void requireKnown(Map<String, String> flags, List<String> problems) {
    String format = flags.get(LakeSettings.FORMAT);
    for (String name : flags.keySet()) {
      boolean known =
          name.equals(BOOTSTRAP_SERVERS)
              || name.startsWith(PROPERTIES)
              || name.startsWith(CLIENT)
              || name.equals(LakeSettings.FORMAT)
              || name.startsWith(TieringOptions.PREFIX);
      if (name.startsWith(LakeSettings.PREFIX) && !name.equals(LakeSettings.FORMAT)) {
        if (format != null && !name.startsWith(LakeSettings.PREFIX + format + ".")) {
          problems.add(
              "Flag '--"
                  + name
                  + "' is not of the format '"
                  + format
                  + "', which --datalake.format names. A job tiers into one lake; start another job"
                  + " for another one.");
        }
      } else if (!known) {
        problems.add("Flag '--" + name + "' is unknown.");
      }
    }
  }

  private static void require(
      Map<String, String> flags, String name, String meaning, List<String> problems) {
    if (!flags.containsKey(name) || flags.get(name).isBlank()) {
      problems.add("Flag '--" + name + "' is missing: " + meaning + ".");
    }
  }

  /** That the brokers are missing is said already. */
  private static void requireLogin(Map<String, String> flags, List<String> problems) {
    Map<String, String> options = clientOptions(flags);
    options.put(ClientConfig.BOOTSTRAP_SERVERS, "given");
    problems.addAll(ClientConfig.problems(options));
  }

  private static void requireLake(Map<String, String> flags, List<String> problems) {
    String format = flags.get(LakeSettings.FORMAT);
    if (format != null && !LakeSettings.fromOptions(flags).byFormat().containsKey(format)) {
      String prefix = "'--" + LakeSettings.PREFIX + format + ".";
      problems.add(
          "Nothing says where the lake is: set "
              + prefix
              + "warehouse', and whatever else its catalog needs, as "
              + prefix
              + "<option>'.");
    }
  }

  private static void checkValues(Configuration options, List<String> problems) {
    TieringOptions.all().stream()
        .filter(o -> options.getOptional(o).filter(v -> !isPositive(v)).isPresent())
        .forEach(o -> problems.add("Flag '--" + o.key() + "' has to be greater than 0."));
  }

  private static boolean isPositive(Object value) {
    if (value instanceof Duration duration) {
      return !duration.isZero() && !duration.isNegative();
    }
    return !(value instanceof Integer number) || number > 0;
  }

  private static Map<String, String> clientOptions(Map<String, String> flags) {
    Map<String, String> options = new HashMap<>();
    flags.forEach(
        (name, value) -> {
          if (name.startsWith(FLUSS)) {
            options.put(name.substring(FLUSS.length()), value);
          }
        });
    return options;
  }
}
