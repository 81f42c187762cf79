package io.fluss.table;

import io.fluss.options.DeleteBehavior;
import io.fluss.options.MergeEngine;
import io.fluss.options.TableOptions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.types.logical.RowType;

/**
 * All that is recorded of a table. Immutable. Never holds a secret.
 *
 * @param id identity of the table: a table dropped and created again has another one
 * @param state how far the topics have followed this record
 * @param topic name of the table's topic, or how the names of its partitions' topics begin; stays
 *     when the table is renamed
 * @param topicId Kafka's id of the topic, null until the topic exists; null of a partitioned table
 * @param schemaVersion version of the current physical columns
 * @param columns all columns in the order of their declaration
 * @param pastSchemas earlier versions of the physical columns, oldest first
 * @param nextFieldId the next free field id
 * @param primaryKey columns of the primary key in the order of its declaration; empty: a log table
 * @param columnSets registered for partial updates, by rising id
 * @param bucketKey columns that decide the bucket of a row; empty: any bucket
 * @param buckets number of buckets (Kafka partitions of each topic)
 * @param options table options as given, without {@code bucket.num} and {@code bucket.key}
 * @param createdAtMillis wall clock of the creating client, epoch milliseconds
 */
@PublicEvolving
public record TableInfo(
    UUID id,
    TablePath path,
    TableState state,
    String topic,
    @Nullable String topicId,
    int schemaVersion,
    List<Column> columns,
    List<Watermark> watermarks,
    List<SchemaVersion> pastSchemas,
    int nextFieldId,
    List<String> primaryKey,
    List<ColumnSet> columnSets,
    List<String> partitionKeys,
    List<String> bucketKey,
    int buckets,
    BucketFunction bucketFunction,
    Map<String, String> options,
    @Nullable String comment,
    long createdAtMillis)
    implements Serializable {

  public TableInfo {
    if (buckets < 1) {
      throw new IllegalArgumentException(
          "Table '" + path + "' needs at least one bucket, got " + buckets + ".");
    }
    columns = List.copyOf(columns);
    watermarks = List.copyOf(watermarks);
    pastSchemas = List.copyOf(pastSchemas);
    primaryKey = List.copyOf(primaryKey);
    columnSets = List.copyOf(columnSets);
    for (int i = 1; i < columnSets.size(); i++) {
      if (columnSets.get(i - 1).id() >= columnSets.get(i).id()) {
        throw new IllegalArgumentException(
            "The ids of column sets of table '" + path + "' have to rise, got " + columnSets + ".");
      }
    }
    partitionKeys = List.copyOf(partitionKeys);
    bucketKey = List.copyOf(bucketKey);
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /** The columns stored in the log, in their order. */
  public List<Column.Physical> physicalColumns() {
    return physicalOf(columns);
  }

  private static List<Column.Physical> physicalOf(List<Column> columns) {
    return columns.stream()
        .filter(Column.Physical.class::isInstance)
        .map(Column.Physical.class::cast)
        .toList();
  }

  private static List<SchemaVersion.Field> fieldsOf(List<Column.Physical> columns) {
    return columns.stream()
        .map(c -> new SchemaVersion.Field(c.fieldId(), c.name(), c.type()))
        .toList();
  }

  /** The version of the physical columns that new records are written with. */
  public SchemaVersion currentSchema() {
    return new SchemaVersion(schemaVersion, fieldsOf(physicalColumns()));
  }

  /** The schema with this version, current or past; empty where the table never had it. */
  public Optional<SchemaVersion> schema(int version) {
    return Stream.concat(pastSchemas.stream(), Stream.of(currentSchema()))
        .filter(s -> s.version() == version)
        .findFirst();
  }

  /** Type of the rows in the log, current schema. */
  public RowType rowType() {
    return currentSchema().rowType();
  }

  // ------------------------------------------------------------------------- primary-key tables

  /** Whether this is a primary-key table; otherwise it is a log table. */
  public boolean hasPrimaryKey() {
    return !primaryKey.isEmpty();
  }

  /** The columns of the primary key, in its order; none for a log table. */
  public List<SchemaVersion.Field> keyFields() {
    List<SchemaVersion.Field> fields = currentSchema().fields();
    return IntStream.of(keyPositions()).mapToObj(fields::get).toList();
  }

  /** The bucket key where none was given: the primary key without the partition keys. */
  public static List<String> defaultBucketKey(List<String> primaryKey, List<String> partitionKeys) {
    return primaryKey.stream().filter(c -> !partitionKeys.contains(c)).toList();
  }

  /** Where in {@link #rowType} the columns of the primary key are, in the order of the key. */
  public int[] keyPositions() {
    List<String> names = physicalColumns().stream().map(Column.Physical::name).toList();
    return primaryKey.stream().mapToInt(names::indexOf).toArray();
  }

  /** The stored columns that are not of the primary key, in the order of the current schema. */
  public List<SchemaVersion.Field> valueFields() {
    return valueFields(currentSchema());
  }

  /** The columns of a schema version that are not of the primary key, in its order. */
  public List<SchemaVersion.Field> valueFields(SchemaVersion schema) {
    Set<Integer> key =
        keyFields().stream().map(SchemaVersion.Field::fieldId).collect(Collectors.toSet());
    return schema.fields().stream().filter(f -> !key.contains(f.fieldId())).toList();
  }

  /** Where in {@link #rowType} the columns are that are not of the primary key, rising. */
  public int[] valuePositions() {
    List<String> names = physicalColumns().stream().map(Column.Physical::name).toList();
    return IntStream.range(0, names.size())
        .filter(i -> !primaryKey.contains(names.get(i)))
        .toArray();
  }

  /** The registered column set with this id; empty where there is none. */
  public Optional<ColumnSet> columnSet(int columnSetId) {
    return columnSets.stream().filter(s -> s.id() == columnSetId).findFirst();
  }

  /**
   * The registered column set with exactly these fields, in any order; empty where there is none.
   */
  public Optional<ColumnSet> columnSetOf(Collection<Integer> fieldIds) {
    Set<Integer> wanted = Set.copyOf(fieldIds);
    return columnSets.stream().filter(s -> Set.copyOf(s.fieldIds()).equals(wanted)).findFirst();
  }

  /** Which of several rows of a key is kept. */
  public MergeEngine mergeEngine() {
    return Configuration.fromMap(options).get(TableOptions.MERGE_ENGINE);
  }

  /** The column that {@link MergeEngine#VERSIONED} compares; empty with other merge engines. */
  public Optional<String> versionColumn() {
    return mergeEngine() == MergeEngine.VERSIONED
        ? Configuration.fromMap(options).getOptional(TableOptions.VERSION_COLUMN)
        : Optional.empty();
  }

  /** What writers do with deletes. */
  public DeleteBehavior deleteBehavior() {
    return Configuration.fromMap(options)
        .getOptional(TableOptions.DELETE_BEHAVIOR)
        .orElse(
            mergeEngine() == MergeEngine.LAST_ROW ? DeleteBehavior.ALLOW : DeleteBehavior.IGNORE);
  }

  /** The format of the lake that its rows are moved to; empty where they are not. */
  public Optional<String> lakeFormat() {
    Configuration all = Configuration.fromMap(options);
    return all.get(TableOptions.DATALAKE_ENABLED)
        ? all.getOptional(TableOptions.DATALAKE_FORMAT)
        : Optional.empty();
  }

  /**
   * Whether its rows are in partitions, each with a topic of its own, whose name begins with {@link
   * #topic}. There is no topic of that name itself.
   */
  public boolean isPartitioned() {
    return !partitionKeys.isEmpty();
  }

  // ------------------------------------------------------------------------------------ changes

  /** This table with one more column set, whose id is above those registered. */
  public TableInfo withColumnSet(ColumnSet added) {
    List<ColumnSet> all = new ArrayList<>(columnSets);
    all.add(added);
    return copy(path, state, topic, topicId, all);
  }

  /**
   * Whether this was read from the table's record later than another: column sets and schema
   * versions are only ever added.
   */
  public boolean isNewerThan(TableInfo other) {
    return schemaVersion > other.schemaVersion
        || schemaVersion == other.schemaVersion && columnSets.size() > other.columnSets.size();
  }

  /**
   * This table with other columns. Where those that are stored differ, they are the next schema
   * version.
   *
   * @param newNextFieldId above all ids of columns that it has or had
   */
  public TableInfo withColumns(List<Column> newColumns, int newNextFieldId) {
    List<Column.Physical> stored = physicalOf(newColumns);
    boolean same = fieldsOf(stored).equals(fieldsOf(physicalColumns()));
    List<SchemaVersion> past = new ArrayList<>(pastSchemas);
    if (!same) {
      past.add(currentSchema());
    }
    return new TableInfo(
        id,
        path,
        state,
        topic,
        topicId,
        same ? schemaVersion : schemaVersion + 1,
        newColumns,
        watermarks,
        past,
        newNextFieldId,
        primaryKey,
        columnSets,
        partitionKeys,
        bucketKey,
        buckets,
        bucketFunction,
        options,
        comment,
        createdAtMillis);
  }

  /**
   * This table with the stored columns that another version of it has; columns that are not stored
   * are left out. For whoever looks at what was written as it was written.
   */
  public TableInfo inSchema(SchemaVersion schema) {
    return new TableInfo(
        id,
        path,
        state,
        topic,
        topicId,
        schema.version(),
        schema.fields().stream()
            .<Column>map(f -> new Column.Physical(f.fieldId(), f.name(), f.type(), null))
            .toList(),
        List.of(),
        List.of(),
        nextFieldId,
        primaryKey,
        columnSets,
        partitionKeys,
        bucketKey,
        buckets,
        bucketFunction,
        options,
        comment,
        createdAtMillis);
  }

  /** This table with another comment and other watermarks. */
  public TableInfo described(List<Watermark> newWatermarks, @Nullable String newComment) {
    return new TableInfo(
        id,
        path,
        state,
        topic,
        topicId,
        schemaVersion,
        columns,
        newWatermarks,
        pastSchemas,
        nextFieldId,
        primaryKey,
        columnSets,
        partitionKeys,
        bucketKey,
        buckets,
        bucketFunction,
        options,
        newComment,
        createdAtMillis);
  }

  /** This table with these options in place of those it has. */
  public TableInfo withOptions(Map<String, String> newOptions) {
    return copy(path, state, topic, topicId, columnSets, newOptions);
  }

  public TableInfo withState(TableState newState) {
    return copy(path, newState, topic, topicId, columnSets);
  }

  /** This table in another topic, which does not exist yet. */
  public TableInfo withTopic(String newTopic) {
    return copy(path, state, newTopic, null, columnSets);
  }

  /** This table as whoever reads or writes one topic of it sees it. */
  public TableInfo inTopic(String itsTopic, @Nullable String itsTopicId) {
    return copy(path, state, itsTopic, itsTopicId, columnSets);
  }

  /** This table once it can be used without a topic: its partitions have topics. */
  public TableInfo readyForPartitions() {
    return copy(path, TableState.READY, topic, null, columnSets);
  }

  /** This table once its topic exists. */
  public TableInfo ready(String newTopicId) {
    return copy(path, TableState.READY, topic, newTopicId, columnSets);
  }

  public TableInfo renamed(TablePath newPath) {
    return copy(newPath, state, topic, topicId, columnSets);
  }

  private TableInfo copy(
      TablePath newPath,
      TableState newState,
      String newTopic,
      @Nullable String newTopicId,
      List<ColumnSet> newColumnSets) {
    return copy(newPath, newState, newTopic, newTopicId, newColumnSets, options);
  }

  private TableInfo copy(
      TablePath newPath,
      TableState newState,
      String newTopic,
      @Nullable String newTopicId,
      List<ColumnSet> newColumnSets,
      Map<String, String> newOptions) {
    return new TableInfo(
        id,
        newPath,
        newState,
        newTopic,
        newTopicId,
        schemaVersion,
        columns,
        watermarks,
        pastSchemas,
        nextFieldId,
        primaryKey,
        newColumnSets,
        partitionKeys,
        bucketKey,
        buckets,
        bucketFunction,
        newOptions,
        comment,
        createdAtMillis);
  }
}
