package io.fluss.dist.command;

import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;

/** {@code bin/fluss demo}: starts everything, shows tables at work, ends by itself. */
public final class DemoCommand implements Command {

  private static final Map<String, String> CONF = Map.of("table.dml-sync", "true");

  @Override
  public int run(List<String> args, Console console) throws Exception {
    Flags.parse(args, Set.of(), Set.of());
    try (Cleanup cleanup = Cleanup.atExitToo()) {
      EmbeddedKafka kafka = cleanup.add(console.step("Starting Kafka", EmbeddedKafka::start));
      EmbeddedFlink flink =
          cleanup.add(console.step("Starting Flink", () -> EmbeddedFlink.start(CONF)));
      show(kafka, flink.tableEnvironment(), console);
      return SUCCESS;
    }
  }

  /** The demo itself. Whatever fails in it fails the command. */
  private static void show(EmbeddedKafka kafka, TableEnvironment tables, Console console) {
    TableResult result =
        tables.executeSql(
            "SELECT '%s' AS kafka, COUNT(*) AS events FROM (VALUES 1, 2, 3)"
                .formatted(kafka.bootstrapServers()));
    result.collect().forEachRemaining(console.out()::println);
  }
}
