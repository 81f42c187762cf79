package io.fluss.lake.paimon;

import io.fluss.lake.LakeSchema;
import io.fluss.table.BucketFunction;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.options.ConfigOption;
import org.apache.paimon.options.FallbackKey;
import org.apache.paimon.options.Options;

/** Options of lake tables: which a table may name, and which we set. */
final class PaimonOptions {

  /** Options whose effect would be that rows, buckets or offsets are not what we say they are. */
  private static final Set<String> OURS =
      Set.of(
          CoreOptions.BUCKET.key(),
          CoreOptions.BUCKET_KEY.key(),
          "bucket-function.type",
          "bucket-append-ordered",
          CoreOptions.PRIMARY_KEY.key(),
          CoreOptions.PARTITION.key(),
          CoreOptions.PATH.key(),
          CoreOptions.BRANCH.key(),
          CoreOptions.TYPE.key(),
          CoreOptions.WRITE_ONLY.key(),
          CoreOptions.MERGE_ENGINE.key(),
          CoreOptions.IGNORE_DELETE.key(),
          CoreOptions.IGNORE_UPDATE_BEFORE.key(),
          CoreOptions.SEQUENCE_FIELD.key(),
          "sequence.field.sort-order",
          CoreOptions.ROWKIND_FIELD.key(),
          CoreOptions.DELETION_VECTORS_ENABLED.key(),
          "upsert-key",
          "row-tracking.enabled",
          "data-evolution.enabled",
          "chain-table.enabled",
          "pk-clustering-override",
          "snapshot.ignore-empty-commit",
          "consumer-id",
          "query-auth.enabled",
          "auto-create",
          CoreOptions.COMMIT_MAX_RETRIES.key());

  private static final List<String> OUR_PREFIXES =
      List.of(
          "fluss.",
          "scan.",
          "incremental-",
          "fields.",
          "blob",
          "vector",
          "table-read.",
          "key-value.",
          "aggregation.",
          "partial-update.",
          "postpone.",
          "materialized-table.",
          "format-table.");

  /** Options of Paimon's parts that it keeps no list of. */
  private static final List<String> FURTHER_PREFIXES =
      List.of(
          "parquet.",
          "orc.",
          "avro.",
          "file-index.",
          "metadata.iceberg.",
          "commit.callback.",
          "tag.callback.");

  private static final Map<String, ConfigOption<?>> KNOWN =
      CoreOptions.getOptions().stream()
          .flatMap(o -> keys(o).map(key -> Map.entry(key, o)))
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey, e -> (ConfigOption<?>) e.getValue(), (a, b) -> a));

  private static final String DICTIONARY_BYTES_KEY = "parquet.dictionary.page.size";

  /**
   * A dictionary that the processor's cache holds: with Parquet's own default of 1 MB most of the
   * time of writing went into looking up the values of columns that hardly repeat. Files with such
   * columns are a few percent larger.
   */
  private static final String DICTIONARY_BYTES = String.valueOf(64 << 10);

  private PaimonOptions() {}

  private static Stream<String> keys(ConfigOption<?> option) {
    Stream<String> others = Stream.empty();
    for (FallbackKey fallback : option.fallbackKeys()) {
      others = Stream.concat(others, Stream.of(fallback.getKey()));
    }
    return Stream.concat(Stream.of(option.key()), others);
  }

  /** What is wrong with the options that a table names. */
  static List<String> problems(TableInfo table) {
    List<String> problems = new ArrayList<>();
    new TreeMap<>(given(table))
        .forEach(
            (key, value) ->
                problem(key, value)
                    .ifPresent(
                        why ->
                            problems.add(
                                "Option '"
                                    + PaimonLakeFormat.IDENTIFIER
                                    + "."
                                    + key
                                    + "' is '"
                                    + value
                                    + "', "
                                    + why)));
    return problems;
  }

  private static Map<String, String> given(TableInfo table) {
    return LakeSchema.options(table, PaimonLakeFormat.IDENTIFIER);
  }

  private static Optional<String> problem(String key, String value) {
    if (OURS.contains(key) || OUR_PREFIXES.stream().anyMatch(key::startsWith)) {
      return Optional.of(
          "and tiering itself decides this option of lake tables, or cannot do with it. Leave it"
              + " out.");
    }
    ConfigOption<?> option = KNOWN.get(key);
    if (option == null) {
      return FURTHER_PREFIXES.stream().anyMatch(key::startsWith)
          ? Optional.empty()
          : Optional.of("and Paimon has no option '" + key + "'. Correct its name.");
    }
    try {
      Options.fromMap(Map.of(key, value)).get(option);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of("which cannot be read: " + e.getMessage());
    }
  }

  /** The options that the lake table of a table has. */
  static Map<String, String> of(TableInfo table) {
    Map<String, String> options = new LinkedHashMap<>();
    // Names of partition directories then follow the values, also of types whose Java objects
    // have no text of their own.
    options.put(CoreOptions.PARTITION_GENERATE_LEGACY_NAME.key(), "false");
    options.put(DICTIONARY_BYTES_KEY, DICTIONARY_BYTES);
    options.putAll(given(table));
    options.putAll(LakeSchema.optionsProperty(given(table)));
    options.put(LakeSchema.TABLE_ID_PROPERTY, table.id().toString());
    options.put(CoreOptions.WRITE_ONLY.key(), "true");
    if (table.bucketKey().isEmpty()) {
      options.put(CoreOptions.BUCKET.key(), "-1");
    } else {
      options.put(CoreOptions.BUCKET.key(), String.valueOf(table.buckets()));
      options.put(CoreOptions.BUCKET_KEY.key(), String.join(",", table.bucketKey()));
    }
    return options;
  }

  /** Whether a bucket of the table is a bucket of its lake table. */
  static boolean bucketsAreAligned(TableInfo table) {
    return !table.bucketKey().isEmpty() && isPaimons(table.bucketFunction());
  }

  private static boolean isPaimons(BucketFunction function) {
    return function.id().equals("paimon");
  }
}
