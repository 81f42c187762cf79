package io.fluss.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.testkit.kafka.SharedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlCommandTest {

  private static final String BLACKHOLE =
      "CREATE TABLE hole (id BIGINT) WITH ('connector'='blackhole');\n";

  @TempDir private Path dir;

  @Test
  void runsAFileOnItsOwnKafkaAndFlink() throws IOException {
    // Given
    Path file =
        script(
            "-- what an INSERT wrote is there for the next statement\n"
                + "CREATE TABLE numbers (id BIGINT, name STRING) WITH ('connector'='filesystem',"
                + " 'path'='%s', 'format'='csv');\n".formatted(dir.resolve("numbers").toUri())
                + "INSERT INTO numbers SELECT id, 'x' FROM (VALUES (1), (2), (3)) AS t(id);\n"
                + "SET 'execution.runtime-mode' = 'batch';\n"
                + "SELECT SUM(id) AS total FROM numbers;\n"
                + "CREATE TABLE gen (id BIGINT) WITH ('connector'='datagen',"
                + " 'number-of-rows'='10');\n"
                + BLACKHOLE
                + "EXECUTE STATEMENT SET BEGIN\n"
                + "  INSERT INTO hole SELECT id FROM gen;\n"
                + "  INSERT INTO hole SELECT id FROM numbers;\n"
                + "END;\n"
                + "QUIT;\n"
                + "SELECT 'never' AS reached;\n");

    // When
    LauncherRun run =
        LauncherRun.of("sql", "-f", file.toString(), "--kafka-port", Integer.toString(freePort()));

    // Then
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("|     6 |").doesNotContain("never");
    assertThat(run.err())
        .contains("Starting Kafka on localhost:")
        .contains("Starting Flink ... ready");
  }

  @Test
  void readsBackWhatItWroteAsFilesOfEachFormat() throws IOException {
    // Given
    StringBuilder tables = new StringBuilder("SET 'execution.runtime-mode' = 'batch';\n");
    List<String> inserts = new ArrayList<>();
    List<String> selects = new ArrayList<>();
    for (String format : List.of("csv", "json", "avro", "parquet")) {
      tables.append(
          "CREATE TABLE t_%1$s (id BIGINT, name STRING, price DECIMAL(6, 2), `at` TIMESTAMP(3)) WITH ('connector'='filesystem', 'path'='%2$s', 'format'='%1$s');\n"
              .formatted(format, dir.resolve(format).toUri()));
      inserts.add(
          "INSERT INTO t_%s VALUES (1, 'Ada', 1.50, TIMESTAMP '2026-01-01 10:00:00.123'), (2, CAST(NULL AS STRING), -2.25, TIMESTAMP '1969-01-01 00:00:00');\n"
              .formatted(format));
      selects.add("SELECT '%1$s' AS f, * FROM t_%1$s".formatted(format));
    }
    Path file =
        script(
            tables
                + "EXECUTE STATEMENT SET BEGIN\n"
                + String.join("", inserts)
                + "END;\n"
                + String.join(" UNION ALL ", selects)
                + " ORDER BY f, id;\n");

    // When
    LauncherRun run = runOnSharedKafka(file);

    // Then: csv as it is by default has no way to write NULL
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines().filter(line -> line.matches("\\| +(avro|csv|json|parquet) .*")))
        .map(line -> line.replaceAll(" +", " "))
        .containsExactly(
            "| avro | 1 | Ada | 1.50 | 2026-01-01 10:00:00.123 |",
            "| avro | 2 | <NULL> | -2.25 | 1969-01-01 00:00:00.000 |",
            "| csv | 1 | Ada | 1.50 | 2026-01-01 10:00:00.123 |",
            "| csv | 2 | | -2.25 | 1969-01-01 00:00:00.000 |",
            "| json | 1 | Ada | 1.50 | 2026-01-01 10:00:00.123 |",
            "| json | 2 | <NULL> | -2.25 | 1969-01-01 00:00:00.000 |",
            "| parquet | 1 | Ada | 1.50 | 2026-01-01 10:00:00.123 |",
            "| parquet | 2 | <NULL> | -2.25 | 1969-01-01 00:00:00.000 |");
  }

  @Test
  void printsPlansAndDefinitionsAsPlainText() throws IOException {
    // Given
    Path file =
        script(BLACKHOLE + "SHOW CREATE TABLE hole;\nexplain INSERT INTO hole VALUES (1);\n");

    // When
    LauncherRun run = runOnSharedKafka(file);

    // Then
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .contains("  `id` BIGINT", "== Optimized Execution Plan ==")
        .noneMatch(line -> line.startsWith("|") || line.contains("\u001b"));
  }

  @Test
  void stopsAtTheFirstStatementThatDoesNotPlan() throws IOException {
    // Given
    Path file =
        script("SHOW CATALOGS;\n\nINSERT INTO nowhere\nVALUES (1);\nSELECT 'never' AS reached;\n");

    // When
    LauncherRun run = runOnSharedKafka(file);

    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("default_catalog").doesNotContain("never");
    assertThat(run.err())
        .contains("Statement at %s:3 failed:".formatted(file))
        .contains("  INSERT INTO nowhere\n  VALUES (1)")
        .contains("Failed: org.apache.flink.table.api.ValidationException")
        .contains("nowhere");
  }

  @Test
  void failsWhenAJobFails() throws IOException {
    // Given
    Path file =
        script(
            BLACKHOLE + "INSERT INTO hole SELECT CAST(s AS BIGINT) FROM (VALUES ('ten')) AS t(s);");

    // When
    LauncherRun run = runOnSharedKafka(file);

    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(":2 failed:")
        .contains("NumberFormatException")
        .contains("'ten'");
  }

  @Test
  void failsWhenAQueryFailsWhileItsRowsAreRead() throws IOException {
    // Given
    Path file = script("SELECT CAST(s AS BIGINT) AS n FROM (VALUES ('1'), ('ten')) AS t(s);");

    // When
    LauncherRun run = runOnSharedKafka(file);

    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(":1 failed:").contains("'ten'");
  }

  @Test
  void namesTheTableThatKafkaRefusesToCreate() throws IOException {
    // Given
    String database = SharedKafka.uniqueDatabase();
    Path file =
        script(
            useCatalog(database)
                + "CREATE TABLE t (a INT) WITH ('table.replication.factor' = '3');\n");

    // When
    LauncherRun run = runOnSharedKafka(file);

    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "Failed: io.fluss.topic.TopicRefusedException: Kafka refuses to create topic '%1$s.t' of table '%1$s.t': "
                .formatted(database))
        .doesNotContain("]\n");
  }

  @Test
  void namesTheColumnThatAValueDoesNotFitInto() throws IOException {
    // Given
    Path file =
        script(
            useCatalog(SharedKafka.uniqueDatabase())
                + "CREATE TABLE t (at_nanos TIMESTAMP(9));\n"
                + "INSERT INTO t VALUES (TIMESTAMP '9999-12-31 23:59:59.999999999');\n");

    // When
    LauncherRun run = runOnSharedKafka(file);

    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "Cannot write 9999-12-31T23:59:59.999999999 into column 'at_nanos': TIMESTAMP(9) is"
                + " stored as 64-bit nanoseconds");
  }

  @Test
  void passesOptionsToTheSession() throws IOException {
    // Given
    Path file = script("SET;\n");

    // When
    LauncherRun run =
        runOnSharedKafka(file, "--conf", "pipeline.name=mine", "--conf=table.dml-sync=false");

    // Then
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("pipeline\\.name' = 'mine|pipeline\\.name \\| +mine");
    assertThat(run.out()).containsPattern("table\\.dml-sync' = 'false|table\\.dml-sync \\| +false");
  }

  @Test
  void saysThatAFileIsMissing() {
    // When
    LauncherRun run = LauncherRun.of("sql", "-f", "nowhere.sql");

    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("Cannot read SQL file 'nowhere.sql': it does not exist.");
  }

  @Test
  void saysThatKafkaCannotBeReached() throws IOException {
    // Given
    String address = "localhost:" + freePort();

    // When
    LauncherRun run = LauncherRun.of("sql", "--bootstrap", address);

    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("Cannot reach Kafka at '%s'".formatted(address));
  }

  private static String useCatalog(String database) {
    return """
        CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '%s');
        USE CATALOG c;
        CREATE DATABASE %2$s;
        USE %2$s;
        """
        .formatted(SharedKafka.kafka().bootstrapServers(), database);
  }

  private static LauncherRun runOnSharedKafka(Path file, String... more) {
    String[] args = {
      "sql", "-f", file.toString(), "--bootstrap", SharedKafka.kafka().bootstrapServers()
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return LauncherRun.of(all);
  }

  private Path script(String content) throws IOException {
    return Files.writeString(dir.resolve("script.sql"), content);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
