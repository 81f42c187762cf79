package io.fluss.dist.lake;

import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.testkit.kafka.SharedKafka;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;

/** Queries of many tables at once, each in one job. */
final class ModelQueries {

  private final TableEnvironment batch;
  private final TableEnvironment streaming;

  ModelQueries(EmbeddedFlink flink, ModelLake lake, String database) {
    Configuration configuration = flink.clientConfiguration();
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    EnvironmentSettings.Builder settings =
        EnvironmentSettings.newInstance().withConfiguration(configuration);
    this.batch = TableEnvironment.create(settings.inBatchMode().build());
    this.streaming = TableEnvironment.create(settings.inStreamingMode().build());
    for (TableEnvironment sql : List.of(batch, streaming)) {
      sql.executeSql(
          ("CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '%s',"
                  + " 'datalake.format' = '%s', 'datalake.%s.warehouse' = '%s')")
              .formatted(
                  SharedKafka.kafka().bootstrapServers(),
                  lake.format(),
                  lake.format(),
                  lake.warehouse()));
      sql.executeSql("USE CATALOG c");
      sql.executeSql("CREATE DATABASE IF NOT EXISTS " + database);
      sql.executeSql("USE " + database);
    }
  }

  void create(ModelTable table) {
    batch.executeSql(table.createStatement());
  }

  /** The rows of each table, sorted, as a batch query of lake and log shows them. */
  Map<String, List<String>> batch(Collection<ModelTable> tables) {
    return rows(batch, tables, "");
  }

  /** The rows of each table in the lake alone. */
  Map<String, List<String>> lakeAlone(Collection<ModelTable> tables) {
    return rows(batch, tables, "$lake");
  }

  /** What a streaming query of lake and log, up to where the log ends now, comes to. */
  Map<String, List<String>> streaming(Collection<ModelTable> tables) {
    return rows(streaming, tables, "");
  }

  private static Map<String, List<String>> rows(
      TableEnvironment sql, Collection<ModelTable> tables, String suffix) {
    String hint = suffix.isEmpty() ? " /*+ OPTIONS('scan.bounded.mode' = 'latest') */" : "";
    String query =
        tables.stream()
            .map(t -> t.select(suffix) + hint)
            .collect(Collectors.joining(" UNION ALL "));
    Map<String, List<String>> rows = new HashMap<>();
    tables.forEach(t -> rows.put(t.name(), new ArrayList<>()));
    CollectionUtil.iteratorToList(sql.executeSql(query).collect())
        .forEach(change -> take(change, rows));
    rows.values().forEach(Collections::sort);
    return rows;
  }

  private static void take(Row change, Map<String, List<String>> rows) {
    String table = (String) change.getField(0);
    String row =
        ModelTable.text(
            change.getField(1), change.getField(2), change.getField(3), change.getField(4));
    switch (change.getKind()) {
      case INSERT, UPDATE_AFTER -> rows.get(table).add(row);
      case UPDATE_BEFORE, DELETE -> {
        if (!rows.get(table).remove(row)) {
          throw new AssertionError("Table " + table + ": not there to be taken back: " + change);
        }
      }
    }
  }
}
