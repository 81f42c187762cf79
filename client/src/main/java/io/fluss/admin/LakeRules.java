package io.fluss.admin;

import io.fluss.lake.LakeFormat;
import io.fluss.lake.LakeSecrets;
import io.fluss.options.TableOptions;
import io.fluss.table.Names;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a table that is kept in a lake may be. Immutable. */
final class LakeRules {

  private static final UUID NO_ID = new UUID(0, 0);

  private final Map<String, LakeFormat> formats;

  private LakeRules(Map<String, LakeFormat> formats) {
    this.formats = formats;
  }

  static LakeRules of(Collection<LakeFormat> formats) {
    Map<String, LakeFormat> byName = new TreeMap<>();
    formats.forEach(f -> byName.put(f.identifier(), f));
    return new LakeRules(byName);
  }

  /** Prefixes of options that are a format's to check. */
  Set<String> optionPrefixes() {
    return formats.keySet().stream().map(f -> f + ".").collect(Collectors.toSet());
  }

  /**
   * Adds what is wrong.
   *
   * @param descriptor with those options only that can be read
   */
  void check(String database, String table, TableDescriptor descriptor, List<String> problems) {
    Optional<String> format =
        OptionRules.valueOf(descriptor.options(), TableOptions.DATALAKE_FORMAT);
    boolean enabled =
        OptionRules.valueOf(descriptor.options(), TableOptions.DATALAKE_ENABLED).orElse(false);
    valueProblems(descriptor, problems);
    if (enabled && format.isEmpty()) {
      problems.add(
          "Option '"
              + TableOptions.DATALAKE_ENABLED.key()
              + "' is 'true', and nothing says which format the lake has. Set '"
              + TableOptions.DATALAKE_FORMAT.key()
              + "', or 'datalake.format' in CREATE CATALOG.");
    }
    if (format.isPresent() && !formats.containsKey(format.get()) && !formats.isEmpty()) {
      problems.add(
          "Option '"
              + TableOptions.DATALAKE_FORMAT.key()
              + "' is '"
              + format.get()
              + "', and the class path has "
              + formats.keySet()
              + " only.");
    } else if (enabled && format.isPresent() && !formats.containsKey(format.get())) {
      problems.add(
          "Option '"
              + TableOptions.DATALAKE_FORMAT.key()
              + "' is '"
              + format.get()
              + "', and there is no lake format on the class path. Add the jar fluss-lake-"
              + format.get()
              + ".");
    }
    formats.keySet().forEach(f -> catalogProblems(f, descriptor, problems));
    if (problems.isEmpty() && enabled) {
      problems.addAll(
          formats.get(format.orElseThrow()).problems(asTable(database, table, descriptor)));
    }
  }

  /** What is stored with a table is there for all to read. */
  private static void catalogProblems(
      String format, TableDescriptor descriptor, List<String> problems) {
    String prefix = format + ".";
    descriptor.options().keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .filter(key -> LakeSecrets.isOfCatalog(key.substring(prefix.length())))
        .forEach(
            key ->
                problems.add(
                    "Option '"
                        + key
                        + "' says how to reach a lake and may hold a secret, so it is never stored"
                        + " with a table. Set 'datalake."
                        + key
                        + "' in CREATE CATALOG."));
  }

  private static void valueProblems(TableDescriptor descriptor, List<String> problems) {
    OptionRules.valueOf(descriptor.options(), TableOptions.DATALAKE_FRESHNESS)
        .filter(freshness -> freshness.isNegative() || freshness.isZero())
        .ifPresent(
            bad ->
                problems.add(
                    "Option '"
                        + TableOptions.DATALAKE_FRESHNESS.key()
                        + "' is '"
                        + descriptor.options().get(TableOptions.DATALAKE_FRESHNESS.key())
                        + "' and must be more than 0."));
  }

  private static TableInfo asTable(String database, String table, TableDescriptor descriptor) {
    boolean named =
        Names.problemWithDatabase(database).isEmpty() && Names.problemWithTable(table).isEmpty();
    return descriptor.toTableInfo(
        named ? TablePath.of(database, table) : TablePath.of("unnamed", "unnamed"), NO_ID, table);
  }
}
