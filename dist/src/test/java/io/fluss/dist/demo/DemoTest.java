package io.fluss.dist.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

  private static final double FAST = 20_000;

  @TempDir private Path scratch;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void tellsItsStoryWithTheNumbersOfItsData() throws Exception {
    // Given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedFlink flink = EmbeddedFlink.start(Demo.FLINK);
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      Demo demo =
          new Demo(flink.clientConfiguration(), kafka.bootstrapServers(), FAST, scratch, out);

      // When
      demo.run();
    }

    // Then
    String story = bytes.toString(StandardCharsets.UTF_8);
    assertThat(story)
        .contains("3,376 airports in ")
        .containsPattern(" s +20,000 flights +\\d+ airports \\| ")
        .contains("COUNT(*) = 20,000, from the batch headers alone")
        .contains("project=[origin, delay_minutes]")
        .containsPattern("CSV [\\d,]+ bytes, log [\\d,]+ bytes")
        .contains(
            "flights: 20,002 in all, 20,000 of them in the lake; delays: 221 airports, 220 in the"
                + " lake")
        .contains("Paimon's own reader finds 20,000 flights, Iceberg's own 220 airports");
    assertThat(ranking(story))
        .containsExactly(
            "JFK New York NY 200 16.2 278",
            "SEA Seattle WA 339 13.3 240",
            "MIA Miami FL 294 13.1 162",
            "BOS Boston MA 369 12.5 193",
            "PHX Phoenix AZ 633 12.0 197");
  }

  /** The lines between the heads of the columns and the closing line. */
  private static List<String> ranking(String story) {
    return story
        .lines()
        .map(String::strip)
        .dropWhile(line -> !line.startsWith("origin "))
        .skip(1)
        .takeWhile(line -> !line.startsWith("answered in"))
        .map(line -> line.replaceAll(" +", " "))
        .toList();
  }
}
