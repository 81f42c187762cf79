package io.fluss.dist.command;

import io.fluss.dist.demo.Demo;
import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.util.FileUtils;

/** {@code bin/fluss demo}: starts everything, shows tables at work, ends by itself. */
public final class DemoCommand implements Command {

  /** Results of a running query are shown with its checkpoints. */
  private static final Map<String, String> FLINK =
      Map.of("execution.checkpointing.interval", "500 ms");

  @Override
  public int run(List<String> args, Console console) throws Exception {
    Flags.parse(args, Set.of(), Set.of());
    long start = System.nanoTime();
    try (Cleanup cleanup = Cleanup.atExitToo()) {
      Path scratch = Files.createTempDirectory("fluss-demo");
      cleanup.add(() -> FileUtils.deleteDirectory(scratch.toFile()));
      EmbeddedKafka kafka = cleanup.add(console.step("Starting Kafka", EmbeddedKafka::start));
      EmbeddedFlink flink =
          cleanup.add(console.step("Starting Flink", () -> EmbeddedFlink.start(FLINK)));
      demo(kafka, flink.clientConfiguration(), scratch, console).run();
      console
          .out()
          .printf("%nDone in %.0f s. Next: bin/fluss sql%n", (System.nanoTime() - start) / 1e9);
      return SUCCESS;
    }
  }

  private static Demo demo(
      EmbeddedKafka kafka, Configuration flink, Path scratch, Console console) {
    StreamExecutionEnvironment streams = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    TableEnvironment batch =
        TableEnvironment.create(
            EnvironmentSettings.newInstance().inBatchMode().withConfiguration(flink).build());
    return new Demo(
        streams,
        StreamTableEnvironment.create(streams),
        batch,
        kafka.bootstrapServers(),
        scratch,
        console.out());
  }
}
