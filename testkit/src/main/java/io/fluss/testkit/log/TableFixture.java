package io.fluss.testkit.log;

import io.fluss.metadata.TableInfoJson;
import io.fluss.table.TableInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A table on an embedded Kafka that no catalog knows. The test closes it; the topic stays. */
public interface TableFixture extends AutoCloseable {

  TableInfo table();

  String bootstrapServers();

  /** A WITH clause under which Flink reads this table, with more options after the needed ones. */
  default String with(String... keysAndValues) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("connector", "fluss");
    options.put("bootstrap.servers", bootstrapServers());
    options.put(TableInfoJson.OPTION, TableInfoJson.write(table()));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return options.entrySet().stream()
        .map(e -> quoted(e.getKey()) + " = " + quoted(e.getValue()))
        .collect(Collectors.joining(", ", "WITH (", ")"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  void close();
}
