package io.fluss.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.testkit.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
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
    try (Admin admin = Admin.create(kafka.adminProperties())) {
      ResourcePattern tables =
          new ResourcePattern(ResourceType.TOPIC, "fluss.", PatternType.PREFIXED);
      List<AclBinding> rights =
          Stream.of(AclOperation.READ, AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS)
              .map(
                  operation ->
                      new AclBinding(
                          tables,
                          new AccessControlEntry(
                              "User:reader", "*", operation, AclPermissionType.ALLOW)))
              .toList();
      admin.createAcls(rights).all().get();
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
                + " 0 (topic 'fluss.t'): ");
    assertThat(run.err().lines()).doesNotContain("]");
  }

  @Test
  void namesTheDatabaseWhoseTablesMayNotBeListed() throws IOException {
    // When
    LauncherRun run = run("bob", "SHOW TABLES;");

    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("Failed: io.fluss.FlussException: You may not read the metadata of database")
        .contains("'fluss'")
        .contains("READ and DESCRIBE on topic 'fluss.__metadata'");
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
