package io.fluss.table;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.RowType;

/**
 * All that is recorded of a table. Immutable. Never holds a secret.
 *
 * @param id identity of the table: a table dropped and created again has another one
 * @param state how far the topics have followed this record
 * @param topic name of the table's topic; stays when the table is renamed
 * @param topicId Kafka's id of the topic, null until the topic exists
 * @param schemaVersion version of the current physical columns
 * @param columns all columns in the order of their declaration
 * @param pastSchemas earlier versions of the physical columns, oldest first
 * @param nextFieldId the next free field id
 * @param bucketKey columns that decide the bucket of a row; empty: any bucket
 * @param buckets number of buckets (Kafka partitions of each topic)
 * @param options table options as given, without {@code bucket.num} and {@code bucket.key}
 * @param createdAtMillis wall clock of the creating client, epoch milliseconds
 */
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
    partitionKeys = List.copyOf(partitionKeys);
    bucketKey = List.copyOf(bucketKey);
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /** The columns stored in the log, in their order. */
  public List<Column.Physical> physicalColumns() {
    return columns.stream()
        .filter(Column.Physical.class::isInstance)
        .map(Column.Physical.class::cast)
        .toList();
  }

  /** The version of the physical columns that new records are written with. */
  public SchemaVersion currentSchema() {
    return new SchemaVersion(
        schemaVersion,
        physicalColumns().stream()
            .map(c -> new SchemaVersion.Field(c.fieldId(), c.name(), c.type()))
            .toList());
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

  public TableInfo withState(TableState newState) {
    return copy(path, newState, topic, topicId, options, comment);
  }

  /** This table in another topic, which does not exist yet. */
  public TableInfo withTopic(String newTopic) {
    return copy(path, state, newTopic, null, options, comment);
  }

  /** This table once its topic exists. */
  public TableInfo ready(String newTopicId) {
    return copy(path, TableState.READY, topic, newTopicId, options, comment);
  }

  public TableInfo renamed(TablePath newPath) {
    return copy(newPath, state, topic, topicId, options, comment);
  }

  private TableInfo copy(
      TablePath newPath,
      TableState newState,
      String newTopic,
      @Nullable String newTopicId,
      Map<String, String> newOptions,
      @Nullable String newComment) {
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
        partitionKeys,
        bucketKey,
        buckets,
        bucketFunction,
        newOptions,
        newComment,
        createdAtMillis);
  }
}
