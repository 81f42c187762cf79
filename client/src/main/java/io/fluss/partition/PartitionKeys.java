package io.fluss.partition;

import io.fluss.FlussException;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.topic.TopicNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The partition keys of a table: from rows, from what a statement says and from topics to partition
 * names, and back. Immutable, thread-safe.
 */
public final class PartitionKeys implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final char SEPARATOR = '.';

  private final String table;
  private final String prefix;
  private final List<String> columns;
  private final RowType type;

  private PartitionKeys(TableInfo table, RowType type) {
    this.table = table.path().toString();
    this.prefix = table.topic() + SEPARATOR;
    this.columns = table.partitionKeys();
    this.type = type;
  }

  /**
   * The partition keys of a table, which is the whole table and not one of its partitions.
   *
   * @throws IllegalArgumentException where the table is not partitioned
   */
  public static PartitionKeys of(TableInfo table) {
    if (!table.isPartitioned()) {
      throw new IllegalArgumentException("Table '" + table.path() + "' is not partitioned.");
    }
    RowType rows = table.rowType();
    return new PartitionKeys(
        table,
        new RowType(
            false,
            table.partitionKeys().stream()
                .map(rows::getFieldIndex)
                .map(rows.getFields()::get)
                .map(f -> new RowType.RowField(f.getName(), f.getType().copy(false)))
                .toList()));
  }

  /** Whether columns of this type can be partition keys. */
  public static boolean isPossible(LogicalType type) {
    return ValueText.isPossible(type);
  }

  /** Names of the keys, in their order. */
  public List<String> columns() {
    return columns;
  }

  /** Type of rows of partition values: one field for each key, in their order, none nullable. */
  public RowType type() {
    return type;
  }

  /** Where the keys are in rows of the table's current schema, in the order of the keys. */
  public static int[] positions(TableInfo table) {
    List<String> names = table.physicalColumns().stream().map(Column.Physical::name).toList();
    return table.partitionKeys().stream().mapToInt(names::indexOf).toArray();
  }

  // --------------------------------------------------------------------------------- from rows

  /**
   * The partition of a row.
   *
   * @param values the row's partition values, of {@link #type()} but for nullability
   * @throws FlussException where one is null, or cannot be part of a topic's name
   */
  public PartitionName nameOf(RowData values) {
    PartitionName name = textsOf(values);
    problemWith(name).ifPresent(PartitionKeys::refuse);
    return name;
  }

  /**
   * The partition that rows with these values would be in; empty where there can be none.
   *
   * @param values as for {@link #nameOf(RowData)}, none of them null
   */
  public Optional<PartitionName> possibleNameOf(RowData values) {
    PartitionName name = textsOf(values);
    return problemWith(name).isEmpty() ? Optional.of(name) : Optional.empty();
  }

  private PartitionName textsOf(RowData values) {
    List<String> texts = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      LogicalType keyType = type.getTypeAt(i);
      Object value = RowData.createFieldGetter(keyType.copy(true), i).getFieldOrNull(values);
      if (value == null) {
        throw new FlussException(
            "A row of table '"
                + table
                + "' has null in its partition key '"
                + columns.get(i)
                + "', so it belongs to no partition. Give it a value, for example with"
                + " COALESCE("
                + columns.get(i)
                + ", ...), or filter such rows out.");
      }
      texts.add(ValueText.format(keyType, value));
    }
    return new PartitionName(texts);
  }

  private static void refuse(String problem) {
    throw new FlussException(problem);
  }

  /**
   * The values of a partition, of {@link #type()}.
   *
   * @throws IllegalArgumentException where it cannot be one of this table
   */
  public RowData values(PartitionName name) {
    GenericRowData row = new GenericRowData(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      String text = name.values().get(i);
      int key = i;
      row.setField(
          i,
          ValueText.parse(type.getTypeAt(i), text)
              .orElseThrow(
                  () -> new IllegalArgumentException(notAValue(columns.get(key), key, text))));
    }
    return row;
  }

  // --------------------------------------------------------------------------- from statements

  /**
   * The partition that a statement names.
   *
   * @param spec text of the value, by key
   * @throws FlussException where it does not have exactly the table's keys, or a text that is no
   *     value of its key; with all reasons
   */
  public PartitionName nameOf(Map<String, String> spec) {
    List<String> problems = problems(spec);
    columns.stream()
        .filter(key -> !spec.containsKey(key))
        .forEach(key -> problems.add("It has no value for '" + key + "'."));
    if (!problems.isEmpty()) {
      throw new FlussException(
          "Partition "
              + spec
              + " cannot be one of table '"
              + table
              + "', which is partitioned by ("
              + String.join(", ", columns)
              + "):\n- "
              + String.join("\n- ", problems));
    }
    PartitionName name = new PartitionName(columns.stream().map(k -> text(k, spec)).toList());
    problemWith(name).ifPresent(PartitionKeys::refuse);
    return name;
  }

  /**
   * The partitions that have the values which a statement gives for some of the keys.
   *
   * @throws FlussException where it names other columns, or a text that is no value of its key
   */
  public Predicate<PartitionName> matching(Map<String, String> partialSpec) {
    List<String> problems = problems(partialSpec);
    if (!problems.isEmpty()) {
      throw new FlussException(
          "No partitions of table '"
              + table
              + "' can be "
              + partialSpec
              + ":\n- "
              + String.join("\n- ", problems));
    }
    Map<Integer, String> wanted = new HashMap<>();
    partialSpec.keySet().forEach(k -> wanted.put(columns.indexOf(k), text(k, partialSpec)));
    return name ->
        wanted.entrySet().stream()
            .allMatch(e -> name.values().get(e.getKey()).equals(e.getValue()));
  }

  /**
   * The values, in Flink's internal form, which a statement gives for some of the keys.
   *
   * @throws FlussException where it names other columns, or a text that is no value of its key
   */
  public Map<String, Object> valuesOf(Map<String, String> partialSpec) {
    matching(partialSpec);
    Map<String, Object> values = new HashMap<>();
    partialSpec.forEach(
        (key, text) ->
            values.put(
                key, ValueText.parse(type.getTypeAt(columns.indexOf(key)), text).orElseThrow()));
    return values;
  }

  private List<String> problems(Map<String, String> spec) {
    List<String> problems = new ArrayList<>();
    spec.forEach(
        (key, text) -> {
          int i = columns.indexOf(key);
          if (i < 0) {
            problems.add("'" + key + "' is not a partition key; those are " + columns + ".");
          } else if (text == null) {
            problems.add("'" + key + "' is null, and a partition key never is.");
          } else if (ValueText.parse(type.getTypeAt(i), text).isEmpty()) {
            problems.add(notAValue(key, i, text));
          }
        });
    return problems;
  }

  /** The one text of the value that a statement gives. */
  private String text(String key, Map<String, String> spec) {
    LogicalType keyType = type.getTypeAt(columns.indexOf(key));
    return ValueText.format(keyType, ValueText.parse(keyType, spec.get(key)).orElseThrow());
  }

  private String notAValue(String key, int index, String text) {
    return "'"
        + text
        + "' is not a value of '"
        + key
        + "', which is of type "
        + type.getTypeAt(index).asSummaryString()
        + ".";
  }

  /** What a statement would say: text of the value by key, in the order of the keys. */
  public Map<String, String> spec(PartitionName name) {
    Map<String, String> spec = new LinkedHashMap<>();
    IntStream.range(0, columns.size()).forEach(i -> spec.put(columns.get(i), name.values().get(i)));
    return spec;
  }

  /** The partition for people: {@code dt=2025-06-17/region=eu}. */
  public String show(PartitionName name) {
    StringJoiner shown = new StringJoiner("/");
    spec(name).forEach((key, text) -> shown.add(key + "=" + text));
    return shown.toString();
  }

  // ------------------------------------------------------------------------------ from topics

  /**
   * The topic of a partition.
   *
   * @throws FlussException where Kafka has no topics of such a name
   */
  public String topic(PartitionName name) {
    problemWith(name).ifPresent(PartitionKeys::refuse);
    return topicName(name);
  }

  private String topicName(PartitionName name) {
    return name.values().stream()
        .map(TopicToken::escape)
        .collect(Collectors.joining(String.valueOf(SEPARATOR), prefix, ""));
  }

  /** Why the table cannot have such a partition; empty where it can. */
  private Optional<String> problemWith(PartitionName name) {
    for (int i = 0; i < columns.size(); i++) {
      if (!TopicToken.isPossible(name.values().get(i))) {
        return Optional.of(
            "Table '"
                + table
                + "' cannot have a partition with this value of '"
                + columns.get(i)
                + "': it holds half of a surrogate pair, which is no valid Unicode.");
      }
    }
    String topic = topicName(name);
    if (topic.length() > TopicNames.MAX_LENGTH) {
      return Optional.of(
          "Table '"
              + table
              + "' cannot have a partition "
              + show(name)
              + ": its topic would have a name of "
              + topic.length()
              + " characters, and Kafka allows "
              + TopicNames.MAX_LENGTH
              + ". Partition by shorter values; characters other than ASCII letters, digits and '-'"
              + " count three times per byte.");
    }
    return partitionOf(topic).equals(Optional.of(name))
        ? Optional.empty()
        : Optional.of(
            "A row of table '"
                + table
                + "' has partition values "
                + show(name)
                + ", which are none of type "
                + type.asSummaryString()
                + ".");
  }

  /** The partition that a topic is; empty for topics that are none of this table. */
  public Optional<PartitionName> partitionOf(String topic) {
    if (!topic.startsWith(prefix)) {
      return Optional.empty();
    }
    String[] tokens = topic.substring(prefix.length()).split("\\.", -1);
    if (tokens.length != columns.size()) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < tokens.length; i++) {
      LogicalType keyType = type.getTypeAt(i);
      TopicToken.unescape(tokens[i])
          .filter(
              text ->
                  ValueText.parse(keyType, text)
                      .filter(value -> ValueText.format(keyType, value).equals(text))
                      .isPresent())
          .ifPresent(texts::add);
    }
    return texts.size() == columns.size()
        ? Optional.of(new PartitionName(texts))
        : Optional.empty();
  }
}
