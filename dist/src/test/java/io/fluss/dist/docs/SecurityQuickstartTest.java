package io.fluss.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.dist.Launcher;
import io.fluss.dist.LauncherRun;
import io.fluss.dist.command.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/security} as they stand there, on a port that is free. */
class SecurityQuickstartTest {

  private static final Path ROOT = Path.of(System.getProperty("fluss.root"));
  private static final String KAFKA = "bin/fluss kafka ";
  private static final String SQL = "bin/fluss sql ";

  @TempDir private Path dir;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void grantsShowsRefusesAndTakesBack() throws Exception {
    // Given
    List<String> commands = commands();
    assertThat(commands).hasSize(3);
    int port = freePort();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Thread kafka = startKafka(commands.get(0), port, said);
    try {
      Awaitility.await()
          .until(() -> said.toString(StandardCharsets.UTF_8).contains("Kafka is ready at"));

      // When
      LauncherRun good = run(commands.get(1), port);
      LauncherRun refused = run(commands.get(2), port);

      // Then
      assertThat(good.exitCode()).as(good.out() + good.err()).isZero();
      assertThat(cells(good.out()))
          .containsSubsequence(
              "success",
              "database name",
              "fluss",
              "mydb",
              "id item",
              "1 apple",
              "success",
              "orders",
              "2",
              "resource=\"cluster.mydb\";permission=\"ALLOW\";principal=\"User:tim\";operation=\"READ\";host=\"*\"",
              "resource=\"cluster.mydb.orders\";permission=\"ALLOW\";principal=\"User:tim\";operation=\"WRITE\";host=\"*\"",
              "orders",
              "2")
          .noneMatch(row -> row.equals("payroll"));
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(words(refused.err())).contains(words(refusalOfThePage()));
      assertThat(good.out() + good.err() + refused.out() + refused.err())
          .doesNotContain("admin-secret", "tim-secret");
    } finally {
      kafka.interrupt();
      kafka.join();
    }
  }

  private static Thread startKafka(String command, int port, ByteArrayOutputStream said) {
    List<String> args = new ArrayList<>(List.of("kafka", "--port", String.valueOf(port)));
    args.addAll(List.of(command.substring(KAFKA.length()).split(" ")));
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    Thread thread = new Thread(() -> Launcher.run(args, new Console(out, out)), "kafka");
    thread.start();
    return thread;
  }

  private LauncherRun run(String command, int port) throws IOException {
    List<String> args = new ArrayList<>(List.of("sql"));
    for (String word : command.substring(SQL.length()).split(" ")) {
      if (word.endsWith(".sql")) {
        Path page = ROOT.resolve(word);
        String script = onPort(Files.readString(page), port);
        args.add(Files.writeString(dir.resolve(page.getFileName()), script).toString());
      } else {
        args.add(onPort(word, port));
      }
    }
    return LauncherRun.of(args.toArray(String[]::new));
  }

  private static String onPort(String text, int port) {
    return text.replace("localhost:9092", "localhost:" + port);
  }

  private static List<String> commands() throws IOException {
    try (Stream<String> lines = Files.lines(ROOT.resolve("docs/security/README.md"))) {
      return lines.filter(line -> line.startsWith(KAFKA) || line.startsWith(SQL)).toList();
    }
  }

  private static String refusalOfThePage() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/security/README.md"));
    int from = page.indexOf("Failed: ");
    return page.substring(from, page.indexOf("```", from));
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /** The rows of printed tables, their cells divided by one blank. */
  private static List<String> cells(String out) {
    return out.lines()
        .filter(line -> line.startsWith("|"))
        .map(line -> line.replace('|', ' ').strip().replaceAll("\\s+", " "))
        .toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
