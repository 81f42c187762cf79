package io.fluss.lineage;

import io.fluss.kafka.ClientConfig;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A table as a data set. Holds no secrets.
 *
 * @param namespace of the cluster: {@code fluss://} and its first broker
 * @param name of the table with its database
 * @param topic that the rows are in, or how the topics of its partitions begin
 * @param schema SQL type by column, of the columns read or written, in their order
 * @param primaryKey its columns; none of log tables
 * @param partitionKeys its columns; none where there are no partitions
 * @serial exclude
 */
@PublicEvolving
public record TableDataset(
    String namespace,
    String name,
    String topic,
    Map<String, String> schema,
    List<String> primaryKey,
    List<String> partitionKeys)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Name of the facet with the topic and the keys. */
  public static final String TABLE_FACET = "fluss";

  /** Name of the facet with the columns. */
  public static final String SCHEMA_FACET = "schema";

  /** Name of the facet with the type of what a job has of each row. */
  public static final String TYPE_FACET = "type";

  /**
   * Copies what is in it.
   *
   * @param namespace ??namespace
   * @param name its name
   * @param topic ??topic
   * @param schema ??schema
   * @param primaryKey ??primaryKey
   * @param partitionKeys ??partitionKeys
   */
  public TableDataset {
    schema = new LinkedHashMap<>(schema);
    primaryKey = List.copyOf(primaryKey);
    partitionKeys = List.copyOf(partitionKeys);
  }

  /**
   * A table of a cluster.
   *
   * @param table as it is recorded
   * @param client how it is reached
   * @param columns that are read or written
   * @return the data set
   */
  public static TableDataset of(TableInfo table, ClientConfig client, List<String> columns) {
    Map<String, String> schema = new LinkedHashMap<>();
    for (String column : columns) {
      table.physicalColumns().stream()
          .filter(c -> c.name().equals(column))
          .map(Column.Physical::type)
          .forEach(type -> schema.put(column, type.asSerializableString()));
    }
    return new TableDataset(
        "fluss://" + client.bootstrapServers().split("[,;]")[0].strip(),
        table.path().toString(),
        table.topic(),
        schema,
        table.primaryKey(),
        table.partitionKeys());
  }
}
