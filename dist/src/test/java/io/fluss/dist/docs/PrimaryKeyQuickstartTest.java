package io.fluss.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.dist.LauncherRun;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tour of primary-key tables does what it says, on data that is the same every time. */
class PrimaryKeyQuickstartTest {

  private static final Path FILE =
      Path.of(System.getProperty("fluss.root"), "docs", "quickstart-primary-key-tables.sql");

  @TempDir private Path dir;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void enrichesAsksUpdatesAndDeletes() throws IOException {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      // Given
      String bootstrap = kafka.bootstrapServers();
      Path script =
          Files.writeString(
              dir.resolve("quickstart.sql"),
              Files.readString(FILE).replace("localhost:9092", bootstrap));

      // When
      LauncherRun run = LauncherRun.of("sql", "-f", script.toString(), "--bootstrap", bootstrap);

      // Then
      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(cells(run.out()))
          .containsSubsequence(
              List.of(
                  // every order has its customer and its nation
                  "orders",
                  "1500",
                  "nation_name orders total",
                  "ALGERIA 70 8389614.97",
                  "ARGENTINA 39 4161656.83",
                  "BRAZIL 44 4178116.62",
                  // the point query, before and after the UPDATE
                  "cust_key name nation_key",
                  "1 Customer#000000001 15",
                  "cust_key name nation_key",
                  "1 fluss_updated 15",
                  // one of 150 is deleted
                  "customers",
                  "149"));
    }
  }

  /** The rows of printed tables, their cells divided by one blank. */
  private static List<String> cells(String out) {
    return out.lines()
        .filter(line -> line.startsWith("|"))
        .map(line -> line.replace('|', ' ').strip().replaceAll("\\s+", " "))
        .toList();
  }
}
