package io.fluss.procedures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fluss.testkit.kafka.Certificates;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rights of those who are known by a certificate, with a name that has to be quoted everywhere. */
class CertificateGrantsSqlTest {

  /** As Kafka writes it. Holds a comma, quotes of both kinds and spaces. */
  private static final String JANE = "CN=Doe\\, Jane \\\"JD\\\",O=Friends of Kafka's";

  private static final String IN_SQL = "User:" + JANE.replace("'", "''");

  private static EmbeddedKafka kafka;
  private static TableEnvironment flink;

  @BeforeAll
  static void start(@TempDir Path dir) {
    Certificates certificates = Certificates.create(dir);
    certificates.addClient("jane", JANE);
    kafka =
        EmbeddedKafka.builder()
            .tls(certificates)
            .requireClientCertificates()
            .brokerProperty(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            // The controller's listener is without TLS, and brokers are anonymous there.
            .brokerProperty(
                "super.users", "User:" + Certificates.CLIENT + ";User:CN=broker;User:ANONYMOUS")
            .start();
    flink = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    createCatalog("admins", certificates.showing());
    createCatalog("janes", certificates.showing("jane"));
    createCatalog("pem", certificates.showingPem("jane"));
    flink.executeSql("USE CATALOG admins");
    flink.executeSql("CREATE DATABASE mydb");
    flink.executeSql("CREATE TABLE mydb.orders (a INT)");
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void aGrantIsGivenShownUsedAndTakenBackByTheNameOfACertificate() throws Exception {
    // Given
    String grant = "('cluster.mydb.orders', 'ALLOW', '" + IN_SQL + "', 'READ')";
    flink.executeSql("INSERT INTO mydb.orders VALUES (1)").await();
    assertRefused("janes");

    // When
    assertThat(rows("CALL sys.add_acl" + grant)).containsExactly(Row.of("success"));

    // Then
    assertThat(rows("CALL sys.list_acl(principal => '" + IN_SQL + "')"))
        .singleElement()
        .asString()
        .contains("principal=\"User:" + JANE + "\";operation=\"READ\"");
    for (String catalog : List.of("janes", "pem")) {
      await()
          .pollInSameThread()
          .untilAsserted(
              () ->
                  assertThat(rows("SELECT * FROM " + catalog + ".mydb.orders"))
                      .containsExactly(Row.of(1)));
      assertThatThrownBy(
              () -> flink.executeSql("INSERT INTO " + catalog + ".mydb.orders VALUES (2)").await())
          .hasStackTraceContaining(
              "User:" + JANE + " has no right to WRITE on 'cluster.mydb.orders'");
    }

    // When
    assertThat(rows("CALL sys.drop_acl" + grant)).hasSize(1);

    // Then
    assertThat(rows("CALL sys.list_acl()")).isEmpty();
    await().pollInSameThread().untilAsserted(() -> assertRefused("janes"));
  }

  /** To whom nothing is granted the database is not even there. */
  private static void assertRefused(String catalog) {
    assertThatThrownBy(() -> rows("SELECT * FROM " + catalog + ".mydb.orders"))
        .hasStackTraceContaining("Object 'mydb' not found");
    assertThatThrownBy(() -> flink.executeSql("CREATE DATABASE " + catalog + ".other"))
        .hasStackTraceContaining("User:" + JANE + " has no right to CREATE on 'cluster'");
  }

  private static void createCatalog(String name, Map<String, String> tls) {
    String options =
        tls.entrySet().stream()
            .map(e -> ", 'properties.%s' = '%s'".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining());
    flink.executeSql(
        "CREATE CATALOG %s WITH ('type' = 'fluss', 'bootstrap.servers' = '%s', 'client.security.protocol' = 'SSL'%s)"
            .formatted(name, kafka.bootstrapServers(), options));
  }

  private static List<Row> rows(String statement) {
    return CollectionUtil.iteratorToList(flink.executeSql(statement).collect());
  }
}
