package io.fluss.testkit.log;

import io.fluss.format.key.KeyEncoder;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.keyed.TableIdHeader;
import io.fluss.format.row.RowEncoder;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.ColumnSet;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.write.KeyedBucketRouter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One primary-key table: its topic, the record that describes it, and writing exactly the records a
 * test asks for. Not thread-safe. The test closes it; the topic stays.
 *
 * <p>Rows are given with all columns of the table, whatever of them a record holds.
 */
public final class KeyedTableFixture implements TableFixture {

  private final TopicFixture topic;
  private final TableInfo table;
  private final KeyedSchema schema;
  private final KeyEncoder keys;
  private final RowEncoder rows;
  private final KeyedBucketRouter router;

  private KeyedTableFixture(TopicFixture topic, TableInfo table) {
    this.topic = topic;
    this.table = table;
    this.schema = KeyedSchema.of(table);
    this.keys = schema.keyEncoder();
    this.rows = schema.rowEncoder();
    this.router = KeyedBucketRouter.of(table);
  }

  /** Describes a table with this type and primary key. */
  public static Builder of(RowType rowType, String... primaryKey) {
    return new Builder(rowType, List.of(primaryKey));
  }

  @Override
  public TableInfo table() {
    return table;
  }

  public Admin admin() {
    return topic.admin();
  }

  @Override
  public String bootstrapServers() {
    return topic.bootstrapServers();
  }

  /** The bucket that a row belongs to. */
  public int bucket(RowData row) {
    return router.bucket(row);
  }

  /** Writes whole rows, one after the other. */
  public void upsert(RowData... written) {
    for (RowData row : written) {
      topic.send(record(row, ColumnSet.FULL_ROW, rows.encode(row)));
    }
  }

  /** Deletes the rows with the keys of these rows, with tombstones for all column sets. */
  public void delete(RowData... deleted) {
    for (RowData row : deleted) {
      topic.send(record(row, ColumnSet.FULL_ROW, null));
      table.columnSets().forEach(set -> topic.send(record(row, set.id(), null)));
    }
  }

  /** Writes the columns of one column set, of a row whose other columns do not matter. */
  public void update(int columnSet, RowData row) {
    List<Integer> fieldIds =
        table.columnSets().stream()
            .filter(s -> s.id() == columnSet)
            .map(ColumnSet::fieldIds)
            .findFirst()
            .orElse(List.of());
    topic.send(record(row, columnSet, schema.rowEncoder(fieldIds).encode(row)));
  }

  /** Writes a partial delete: the columns of the set become null. */
  public void deletePart(int columnSet, RowData row) {
    topic.send(record(row, columnSet, RowEncoder.partialDelete(table.schemaVersion())));
  }

  /** Writes rows in one transaction. */
  public void upsertInTransaction(boolean commit, RowData... written) {
    topic.sendInTransaction(
        Arrays.stream(written)
            .map(row -> record(row, ColumnSet.FULL_ROW, rows.encode(row)))
            .toList(),
        commit);
  }

  /** Writes a record as another table of this name would have. */
  public void writeOfTable(UUID otherId, RowData row) {
    ProducerRecord<byte[], byte[]> record = record(row, ColumnSet.FULL_ROW, rows.encode(row));
    record.headers().remove(TableIdHeader.KEY);
    record.headers().add(TableIdHeader.KEY, TableIdHeader.of(otherId));
    topic.send(record);
  }

  /** Writes a value that is none. */
  public void writeDamaged(RowData row) {
    topic.send(record(row, ColumnSet.FULL_ROW, new byte[] {1, 0, 1, 0, 1, 2, 3}));
  }

  private ProducerRecord<byte[], byte[]> record(
      RowData row, int columnSet, @Nullable byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(table.topic(), router.bucket(row), keys.encode(row, columnSet), value);
    record.headers().add(TableIdHeader.KEY, TableIdHeader.of(table.id()));
    return record;
  }

  @Override
  public void close() {
    topic.close();
  }

  /** Describes a table; without more it has one bucket, and its topic is compacted. */
  public static final class Builder {

    private final RowType rowType;
    private final List<String> primaryKey;
    private List<String> bucketKey;
    private int buckets = 1;
    private final Map<String, String> options = new HashMap<>();
    private final List<ColumnSet> columnSets = new ArrayList<>();
    private final Map<String, String> topicConfig = new HashMap<>();

    private Builder(RowType rowType, List<String> primaryKey) {
      this.rowType = rowType;
      this.primaryKey = primaryKey;
      this.bucketKey = primaryKey;
      topicConfig.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
      topicConfig.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    }

    public Builder buckets(int count) {
      buckets = count;
      return this;
    }

    public Builder bucketKey(String... columns) {
      bucketKey = List.of(columns);
      return this;
    }

    /** A table option. */
    public Builder option(String key, String value) {
      options.put(key, value);
      return this;
    }

    /** Registers the next column set. */
    public Builder columnSet(String... columns) {
      List<Integer> fieldIds = Arrays.stream(columns).map(rowType::getFieldIndex).sorted().toList();
      columnSets.add(new ColumnSet(columnSets.size() + 1, fieldIds));
      return this;
    }

    /** A setting of Kafka's for the topic. */
    public Builder topicConfig(String key, String value) {
      topicConfig.put(key, value);
      return this;
    }

    /** Creates the table, called {@code t}. */
    public KeyedTableFixture create(EmbeddedKafka kafka, String database) {
      TablePath path = TablePath.of(database, "t");
      TopicFixture topic = TopicFixture.create(kafka, path.toString(), buckets, topicConfig);
      return new KeyedTableFixture(topic, table(path, topic.id()));
    }

    private TableInfo table(TablePath path, String topicId) {
      List<Column> columns = new ArrayList<>();
      for (RowType.RowField field : rowType.getFields()) {
        columns.add(new Column.Physical(columns.size(), field.getName(), field.getType(), null));
      }
      return new TableInfo(
          UUID.randomUUID(),
          path,
          TableState.READY,
          path.toString(),
          topicId,
          1,
          columns,
          List.of(),
          List.of(),
          columns.size(),
          primaryKey,
          columnSets,
          List.of(),
          bucketKey,
          buckets,
          BucketFunction.MURMUR3,
          options,
          null,
          0);
    }
  }
}
