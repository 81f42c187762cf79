package io.fluss.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.acl.Operation;
import io.fluss.acl.Principal;
import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.source.FlussSource;
import io.fluss.source.FlussSourceBuilder;
import io.fluss.source.deserializer.JsonStringDeserializationSchema;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/fluss sql -f} says to users who lack rights. */
class SecuredKafkaTest {

  private static EmbeddedKafka kafka;

  @TempDir private Path dir;

  @BeforeAll
  static void startKafka() throws Exception {
    kafka =
        EmbeddedKafka.builder()
            .sasl(
                Map.of("admin", "admin-hunter2", "reader", "reader-hunter2", "bob", "bob-hunter2"),
                "admin")
            .start();
    Properties properties = kafka.adminProperties();
    try (TableAdmin admin =
        TableAdmin.connect(
            new ClientConfig(
                kafka.bootstrapServers(),
                properties.stringPropertyNames().stream()
                    .filter(key -> !key.equals("bootstrap.servers"))
                    .collect(Collectors.toMap(key -> key, properties::getProperty))))) {
      admin
          .acls()
          .add(
              Grant.allow(AclResource.database("fluss"), Principal.user("reader"), Operation.READ));
    }
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void namesTableAndBucketThatMayNotBeWritten() throws IOException {
    // Given
    assertThat(run("admin", "CREATE TABLE t (a INT);").exitCode()).isZero();

    // When
    LauncherRun run = run("reader", "INSERT INTO t VALUES (1);");

    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "Failed: io.fluss.write.WriteFailedException: Cannot write to table 'fluss.t', bucket"
                + " 0 (topic 'fluss.t'): User:reader has no right to WRITE on 'cluster.fluss.t'.")
        .contains("CALL sys.add_acl(resource => 'cluster.fluss.t', permission => 'ALLOW',");
    assertThat(run.err().lines()).doesNotContain("]");
  }

  @Test
  void namesTheDatabaseWhoseTablesMayNotBeListed() throws IOException {
    // When
    LauncherRun run = run("bob", "SHOW TABLES;");

    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("Failed: io.fluss.acl.AccessRefusedException: The metadata of database 'fluss'")
        .contains("User:bob has no right to DESCRIBE on 'cluster.fluss'");
  }

  @Test
  void neverShowsPasswords() throws IOException {
    // When
    LauncherRun good =
        run(
            "admin",
            "SHOW DATABASES; SHOW CREATE CATALOG c; DESCRIBE CATALOG EXTENDED c;"
                + " CREATE TABLE s (a INT); SHOW CREATE TABLE s; EXPLAIN SELECT * FROM s;");
    LauncherRun bad = run("admin", "'nonsense' = 'x'", "SHOW DATABASES;");

    // Then
    assertThat(good.exitCode()).isZero();
    assertThat(good.out())
        .contains("'properties.sasl.jaas.config' = '******'", "CREATE CATALOG `c`\nWITH (")
        .containsPattern("option:properties.sasl.jaas.config \\| +\\*{6} \\|")
        .contains("CREATE TABLE `c`.`fluss`.`s` (");
    assertThat(good.out() + good.err()).doesNotContain("hunter2");
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.err()).contains("'properties.sasl.jaas.config' = '******'", "nonsense");
    assertThat(bad.out() + bad.err()).doesNotContain("hunter2");
  }

  /** Flink quotes all options of a catalog that is there already, without quotes. */
  @Test
  void neverShowsPasswordsThatFlinkQuotesInItsOwnWay() throws IOException {
    // Given
    String again =
        "CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '%s',"
            .formatted(kafka.bootstrapServers());

    // When
    LauncherRun exists = run("admin", again + " 'properties.ssl.keystore.key' = 'a-key-hunter2');");
    LauncherRun settings = run("admin", "SET 'my.token' = 'a-token-hunter2'; SET; SET nonsense;");
    LauncherRun flag =
        LauncherRun.of("sql", "--bootstrap", "h:1", "--conf", "my.password=hunter2", "--hunter2");

    // Then
    assertThat(exists.exitCode()).isEqualTo(1);
    assertThat(exists.err()).contains("Failed: ", "already exists");
    assertThat(settings.out()).contains("my.token").containsPattern("my.token +\\| +\\*{6} ");
    assertThat(flag.exitCode()).isEqualTo(2);
    for (LauncherRun run : List.of(exists, settings, flag)) {
      assertThat(run.out() + run.err()).doesNotContain("hunter2");
    }
  }

  @Test
  void namesTheUserWhosePasswordIsWrong() throws IOException {
    // When
    LauncherRun run =
        run(
            "bob",
            """
            'client.security.protocol' = 'SASL_PLAINTEXT',
            'client.security.sasl.jaas.config' =
              'org.apache.kafka.common.security.plain.PlainLoginModule required
               username="bob" password="guess-hunter2";'""",
            "SHOW TABLES;",
            false);

    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("refuses the login of user 'bob' (SASL_PLAINTEXT, mechanism PLAIN)")
        .contains("'client.security.sasl.jaas.config' =\n    '******'");
    assertThat(run.out() + run.err()).doesNotContain("hunter2");
  }

  @Test
  void programsLogInByTheirOptionsAndNeverShowPasswords() throws Exception {
    // Given
    assertThat(run("admin", "CREATE TABLE p (a INT); INSERT INTO p VALUES (1);").exitCode())
        .isZero();

    // When // Then
    assertThat(
            StreamExecutionEnvironment.getExecutionEnvironment()
                .fromSource(source("reader").build(), WatermarkStrategy.noWatermarks(), "p")
                .executeAndCollect(10))
        .singleElement(InstanceOfAssertFactories.STRING)
        .endsWith("\"row\":{\"a\":1}}");
    assertThatThrownBy(() -> source("bob").build())
        .hasMessageContaining("\n- setTable: The metadata of database 'fluss' cannot be read")
        .hasMessageContaining("User:bob has no right to DESCRIBE on 'cluster.fluss'")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(
            () -> source("bob").setOption("client.security.sasl.password", "guess-hunter2").build())
        .hasMessageContaining("refuses the login of user 'bob' (SASL_PLAINTEXT, mechanism PLAIN)")
        .hasMessageNotContaining("hunter2");
  }

  private static FlussSourceBuilder<String> source(String user) {
    return FlussSource.<String>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setDatabase("fluss")
        .setTable("p")
        .setBounded()
        .setOptions(
            Map.of(
                "client.security.protocol",
                "SASL_PLAINTEXT",
                "client.security.sasl.mechanism",
                "PLAIN",
                "client.security.sasl.username",
                user,
                "client.security.sasl.password",
                user + "-hunter2"))
        .setDeserializationSchema(new JsonStringDeserializationSchema());
  }

  private LauncherRun run(String user, String statement) throws IOException {
    return run(user, "'default-database' = 'fluss'", statement);
  }

  private LauncherRun run(String user, String catalogOption, String statement) throws IOException {
    return run(user, catalogOption, statement, true);
  }

  private LauncherRun run(
      String user, String catalogOption, String statement, boolean withProperties)
      throws IOException {
    Properties properties = kafka.clientProperties(user);
    String options =
        properties.stringPropertyNames().stream()
            .filter(key -> withProperties && !key.equals("bootstrap.servers"))
            .map(key -> "'properties.%s' = '%s',".formatted(key, properties.getProperty(key)))
            .collect(Collectors.joining("\n  "));
    Path file =
        Files.writeString(
            dir.resolve("script.sql"),
            """
            CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '%s', %s
              %s);
            USE CATALOG c;
            %s
            """
                .formatted(kafka.bootstrapServers(), options, catalogOption, statement));
    return LauncherRun.of("sql", "-f", file.toString(), "--bootstrap", kafka.bootstrapServers());
  }
}
