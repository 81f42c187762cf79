package io.fluss.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.dist.LauncherRun;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the SQL of each page from top to bottom, as a reader of the page would: with a Kafka that is
 * empty at the start, so that no page needs to clean up for another.
 */
class DocsSqlTest {

  private static final Path ROOT = Path.of(System.getProperty("fluss.root"));

  @TempDir private Path dir;

  /** All that have SQL, so that a new page cannot be forgotten. */
  static List<String> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
          .filter(page -> page.toString().endsWith(".md"))
          .filter(page -> parse(page).hasSql())
          .map(page -> ROOT.relativize(page).toString())
          .sorted()
          .toList();
    }
  }

  private static DocsPage parse(Path page) {
    try {
      return DocsPage.parse(ROOT.relativize(page).toString(), Files.readString(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void runsAndPrintsWhatThePageSays(String name) throws IOException {
    // Given
    DocsPage page = parse(ROOT.resolve(name));
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      String bootstrap = kafka.bootstrapServers();
      Path script =
          Files.writeString(
              dir.resolve(Path.of(name).getFileName()),
              page.script().replace("localhost:9092", bootstrap).replace("/tmp/", dir + "/"));

      // When
      LauncherRun run = LauncherRun.of("sql", "-f", script.toString(), "--bootstrap", bootstrap);

      // Then
      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      if (!page.output().isEmpty()) {
        assertThat(run.out().lines().map(String::strip)).containsSubsequence(page.output());
      }
    }
  }
}
