package io.fluss.dist.command;

import io.fluss.dist.demo.Demo;
import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.flink.util.FileUtils;

/** {@code bin/fluss demo}: starts everything, shows tables at work, ends by itself. */
public final class DemoCommand implements Command {

  @Override
  public int run(List<String> args, Console console) throws Exception {
    Flags.parse(args, Set.of(), Set.of());
    long start = System.nanoTime();
    try (Cleanup cleanup = Cleanup.atExitToo()) {
      Path scratch = Files.createTempDirectory("fluss-demo");
      cleanup.add(() -> FileUtils.deleteDirectory(scratch.toFile()));
      EmbeddedKafka kafka = cleanup.add(console.step("Starting Kafka", EmbeddedKafka::start));
      EmbeddedFlink flink =
          cleanup.add(console.step("Starting Flink", () -> EmbeddedFlink.start(Demo.FLINK)));
      new Demo(
              flink.clientConfiguration(),
              kafka.bootstrapServers(),
              Demo.FLIGHTS_PER_SECOND,
              scratch,
              console.out())
          .run();
      console
          .out()
          .printf("%nDone in %.0f s. Next: bin/fluss sql%n", (System.nanoTime() - start) / 1e9);
      return SUCCESS;
    }
  }
}
