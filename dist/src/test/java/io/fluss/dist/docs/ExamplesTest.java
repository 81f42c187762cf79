package io.fluss.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.examples.AdminCalls;
import io.fluss.examples.Changelog;
import io.fluss.examples.CustomerTable;
import io.fluss.examples.ExactlyOncePipeline;
import io.fluss.examples.JsonStrings;
import io.fluss.examples.OrdersLog;
import io.fluss.examples.PartialUpdates;
import io.fluss.examples.ReadObjects;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs each program of {@code docs/examples} as it is, against a Kafka of their own. */
class ExamplesTest {

  private static final Path ROOT = Path.of(System.getProperty("fluss.root"));

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  /** A program. */
  private interface Main {
    void run(String... args) throws Exception;
  }

  @Test
  void objectsAreWrittenAndRead() throws Exception {
    assertThat(printedBy(ReadObjects::main))
        .containsExactlyInAnyOrder("order 1 of 12.50", "order 3 of 7.25");
  }

  @Test
  void twoStreamsFillTheColumnsOfOneTable() throws Exception {
    assertThat(printedBy(PartialUpdates::main))
        .containsExactlyInAnyOrder(
            "Customer[customerId=1, name=Ada, spent=null]",
            "Customer[customerId=2, name=Alan, spent=99.90]");
  }

  @Test
  void aPipelineWritesEachRowOnce() throws Exception {
    assertThat(printedBy(ExactlyOncePipeline::main)).containsExactly("100 alerts");
  }

  @Test
  void jsonComesBackAsItWas() throws Exception {
    assertThat(printedBy(JsonStrings::main))
        .anySatisfy(
            line ->
                assertThat(line)
                    .endsWith(
                        "\"change_type\":\"+I\",\"row\":{\"page\":\"/home\",\"clicked_at\":\"2026-01-01T10:00\",\"tags\":[\"new\"]}}"))
        .anySatisfy(
            line ->
                assertThat(line).contains("{\"page\":\"/cart\",\"clicked_at\":null,\"tags\":null}"))
        .hasSize(2);
  }

  @Test
  void changesAreToldInOrder() throws Exception {
    assertThat(printedBy(Changelog::main))
        .containsExactly(
            "+I pen: 5 (offset 0)",
            "-U pen: 5 (offset 0)",
            "+U pen: 4 (offset 1)",
            "-D pen: 4 (offset 1)");
  }

  @Test
  void aLogIsWrittenFollowedAndCounted() throws Exception {
    assertThat(printedBy(OrdersLog::main))
        .hasSize(3)
        .contains("Ordered in all: 49500", "100 large orders");
  }

  @Test
  void rowsAreFoundByKeyAndByPrefix() throws Exception {
    assertThat(printedBy(CustomerTable::main))
        .containsExactly("[Customer[region=us, id=3, fullName=Grace]]", "1: Ada");
  }

  @Test
  void tablesArePutUpChangedAndAskedFor() throws Exception {
    assertThat(printedBy(AdminCalls::main))
        .containsExactly("1 partition", "{0=0, 1=0}", "in the lake: false", "brokers: 1");
  }

  /** Of the client's page; the programs of the others are shown in parts. */
  @Test
  void theProgramsOfAPageAreThoseThatAreRun() {
    String page = read(ROOT.resolve("docs/java-client.md"));
    for (String program : List.of("OrdersLog", "CustomerTable")) {
      Path source =
          ROOT.resolve("docs/examples/src/main/java/io/fluss/examples/" + program + ".java");
      assertThat(page).contains("```java\n" + read(source) + "```");
    }
  }

  /** A program that is not run here is not known to run. */
  @Test
  void everyProgramIsRun() throws IOException {
    // Given
    String test =
        Files.readString(ROOT.resolve("dist/src/test/java/io/fluss/dist/docs/ExamplesTest.java"));
    Path sources = ROOT.resolve("docs/examples/src/main/java");

    // When
    try (Stream<Path> files = Files.walk(sources)) {
      List<String> programs =
          files
              .filter(f -> f.toString().endsWith(".java") && read(f).contains("void main("))
              .map(f -> f.getFileName().toString().replace(".java", ""))
              .toList();

      // Then
      assertThat(programs).isNotEmpty().allSatisfy(p -> assertThat(test).contains(p + "::main"));
    }
  }

  @Test
  void theirPomIsOfThisVersion() throws IOException {
    // Given
    Pattern version = Pattern.compile("<version>([^<]+)</version>");
    Matcher parent = version.matcher(Files.readString(ROOT.resolve("pom.xml")));
    String examples = Files.readString(ROOT.resolve("docs/examples/pom.xml"));

    // Then
    assertThat(parent.find()).isTrue();
    assertThat(examples).contains("<fluss.version>" + parent.group(1) + "</fluss.version>");
    assertThat(examples).doesNotContain("<parent>");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> printedBy(Main program) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      program.run(kafka.bootstrapServers());
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
