package io.fluss.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.testkit.kafka.Certificates;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import javax.security.auth.login.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Catalogs that log in, or try to, at brokers of every security protocol. */
class LoginsSqlTest {

  private static final String PASSWORD = "hunter2";
  private static final String JAAS_FILE = "java.security.auth.login.config";

  /** Far less than the timeouts of Kafka's clients. */
  private static final Duration SECONDS = Duration.ofSeconds(10);

  private static Certificates certificates;
  private static Certificates strangers;
  private static EmbeddedKafka sasl;
  private static EmbeddedKafka saslOverTls;
  private static EmbeddedKafka tls;

  private final TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.inBatchMode());
  private final String catalog = SharedKafka.uniqueName("c");

  @BeforeAll
  static void startBrokers(@TempDir Path dir, @TempDir Path elsewhere) {
    Map<String, String> users = Map.of("admin", PASSWORD, "alice", PASSWORD);
    certificates = Certificates.create(dir);
    strangers = Certificates.create(elsewhere);
    strangers.addClient("stranger", "CN=Stranger\\, A,O=Elsewhere");
    sasl = EmbeddedKafka.builder().sasl(users, "admin").scram().start();
    saslOverTls = EmbeddedKafka.builder().sasl(users, "admin").tls(certificates).start();
    tls = EmbeddedKafka.builder().tls(certificates).requireClientCertificates().start();
  }

  @AfterAll
  static void stopBrokers() {
    for (EmbeddedKafka kafka : List.of(sasl, saslOverTls, tls)) {
      kafka.close();
    }
  }

  // ------------------------------------------------------------------------------- let in

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
  void aUserLogsInByEachMechanism(String mechanism) throws Exception {
    createCatalog(sasl, user("admin", PASSWORD, mechanism));
    writeAndRead();
  }

  @Test
  void aUserLogsInOverTls() throws Exception {
    // Given
    Map<String, String> options = user("admin", PASSWORD, "PLAIN");
    options.put("client.security.protocol", "SASL_SSL");
    addProperties(options, certificates.trusting());

    // When // Then
    createCatalog(saslOverTls, options);
    writeAndRead();
  }

  @Test
  void aClientIsKnownByItsCertificate() throws Exception {
    // Given
    Map<String, String> options = new HashMap<>(Map.of("client.security.protocol", "SSL"));
    addProperties(options, certificates.showing());

    // When // Then
    createCatalog(tls, options);
    writeAndRead();
  }

  @Test
  void kafkasOwnNamesDoTheSame() throws Exception {
    // Given
    Map<String, String> options = new HashMap<>();
    sasl.clientProperties("admin", "SCRAM-SHA-512")
        .forEach((k, v) -> options.put("properties." + k, v.toString()));
    options.remove("properties.bootstrap.servers");

    // When // Then
    createCatalog(sasl, options);
    writeAndRead();
  }

  @Test
  void theLoginFileOfTheJvmHoldsWhereNothingElseIsSaid(@TempDir Path dir) throws Exception {
    // Given
    Path file =
        Files.writeString(
            dir.resolve("jaas.conf"),
            """
            KafkaClient {
              org.apache.kafka.common.security.plain.PlainLoginModule required
              username="admin" password="%s";
            };
            """
                .formatted(PASSWORD));
    System.setProperty(JAAS_FILE, file.toString());
    Configuration.setConfiguration(null);
    try {
      // When // Then
      createCatalog(sasl, new HashMap<>(Map.of("client.security.protocol", "SASL")));
      writeAndRead();
    } finally {
      System.clearProperty(JAAS_FILE);
      Configuration.setConfiguration(null);
    }
  }

  @Test
  void thePasswordMayBeWhereKafkasConfigProvidersFindIt(@TempDir Path dir) throws Exception {
    // Given
    Path file = Files.writeString(dir.resolve("kafka.properties"), "password=" + PASSWORD);
    Map<String, String> options = user("admin", "${file:" + file + ":password}", "PLAIN");
    options.put("properties.config.providers", "file");
    options.put(
        "properties.config.providers.file.class",
        "org.apache.kafka.common.config.provider.FileConfigProvider");

    // When // Then
    createCatalog(sasl, options);
    writeAndRead();
    assertThat(Row.of(rows("SHOW CREATE CATALOG " + catalog)).toString()).doesNotContain(PASSWORD);
  }

  // ---------------------------------------------------------------------------- turned away

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
  void aWrongPasswordIsRefusedWithinSeconds(String mechanism) {
    refused(() -> createCatalog(sasl, user("alice", "guess-" + PASSWORD, mechanism)))
        .hasStackTraceContaining(
            "refuses the login of user 'alice' (SASL_PLAINTEXT, mechanism " + mechanism + ")")
        .hasStackTraceContaining("Kafka at '" + sasl.bootstrapServers() + "'");
  }

  @Test
  void aMechanismThatTheBrokersDoNotHaveIsNamedWithThoseTheyHave() {
    // Given
    Map<String, String> options = user("alice", PASSWORD, "SCRAM-SHA-256");
    options.put("client.security.protocol", "SASL_SSL");
    addProperties(options, certificates.trusting());

    // When // Then
    refused(() -> createCatalog(saslOverTls, options))
        .hasStackTraceContaining("user 'alice' (SASL_SSL, mechanism SCRAM-SHA-256)")
        .hasStackTraceContaining("enabled mechanisms are [PLAIN]");
  }

  @Test
  void aMissingLoginIsToldBeforeKafkaIsAsked() {
    refused(() -> createCatalog(sasl, Map.of("client.security.protocol", "SASL")))
        .hasStackTraceContaining(
            "SASL_PLAINTEXT (mechanism PLAIN) needs a login, and there is none")
        .hasStackTraceContaining("client.security.sasl.username");
  }

  @Test
  void aClientInPlainTextIsToldThatTheBrokersWantALogin() {
    refused(() -> createCatalog(sasl, Map.of()))
        .hasStackTraceContaining(
            "asks for a login by SASL (mechanisms PLAIN, SCRAM-SHA-256, SCRAM-SHA-512), and the"
                + " security protocol is PLAINTEXT");
  }

  @Test
  void aClientInPlainTextIsToldThatTheBrokersSpeakTls() {
    refused(() -> createCatalog(tls, Map.of()))
        .hasStackTraceContaining("it probably speaks TLS. Set 'client.security.protocol' to 'SSL'");
  }

  @Test
  void aClientThatSpeaksTlsIsToldThatTheBrokersDoNot() {
    // Given
    Map<String, String> options = new HashMap<>(Map.of("client.security.protocol", "SSL"));
    addProperties(options, certificates.trusting());

    // When // Then
    refused(() -> createCatalog(sasl, options))
        .hasStackTraceContaining("speaks no TLS, and the security protocol is SSL");
  }

  @Test
  void aClientThatDoesNotTrustTheBrokersIsTold() {
    refused(() -> createCatalog(tls, Map.of("client.security.protocol", "SSL")))
        .hasStackTraceContaining("There is no TLS connection to Kafka at '")
        .hasStackTraceContaining("for a client without certificate (SSL)");
  }

  @Test
  void aClientWhoseCertificateTheBrokersDoNotTrustIsNamedByIt() {
    // Given
    Map<String, String> fromFile = new HashMap<>(Map.of("client.security.protocol", "SSL"));
    Map<String, String> inOptions = new HashMap<>(fromFile);
    Map<String, String> unreadable = new HashMap<>(fromFile);
    addProperties(fromFile, strangers.showing("stranger"));
    addProperties(inOptions, strangers.showingPem("stranger"));
    addProperties(unreadable, strangers.showing("nobody"));
    for (Map<String, String> options : List.of(fromFile, inOptions, unreadable)) {
      certificates.trusting().forEach((k, v) -> options.put("properties." + k, v));
    }

    // When // Then
    refused(() -> createCatalog(tls, fromFile))
        .hasStackTraceContaining("for the certificate of 'CN=Stranger\\, A,O=Elsewhere' (SSL)");
    refused(() -> createCatalog(tls, inOptions))
        .hasStackTraceContaining("for the certificate of 'CN=Stranger\\, A,O=Elsewhere' (SSL)");
    refused(() -> createCatalog(tls, unreadable))
        .hasStackTraceContaining("the principal of the TLS certificate (SSL)");
  }

  @Test
  void aClientWithoutTheCertificateThatBrokersAskForIsTold() {
    // Given
    Map<String, String> options = new HashMap<>(Map.of("client.security.protocol", "SSL"));
    addProperties(options, certificates.trusting());

    // When // Then
    refused(() -> createCatalog(tls, options))
        .hasStackTraceContaining("for a client without certificate (SSL)");
  }

  @Test
  void nobodyListeningIsToldApart() {
    refused(
            () ->
                flink.executeSql(
                    "CREATE CATALOG c WITH ('type'='fluss', 'bootstrap.servers'='127.0.0.1:1')"))
        .hasStackTraceContaining("No connection to '127.0.0.1:1' was possible");
  }

  @Test
  void allThatIsWrongWithTheOptionsIsToldAtOnce() {
    refused(
            () ->
                createCatalog(
                    sasl,
                    Map.of(
                        "client.security.protocol", "TLS",
                        "client.security.sasl.pasword", PASSWORD,
                        "client.writer.batch-size", "many")))
        .hasStackTraceContaining("is 'TLS', expected one of")
        .hasStackTraceContaining("'client.security.sasl.pasword' is unknown")
        .hasStackTraceContaining("client.writer.batch-size");
  }

  /** The catalog was let in, and is still connected; jobs log in anew. */
  @Test
  void readsAndWritesTellOfAPasswordThatHasChanged() throws Exception {
    // Given
    setPassword("admin", "old-" + PASSWORD);
    createCatalog(sasl, user("admin", "old-" + PASSWORD, "SCRAM-SHA-256"));
    String table = createTable();
    String keyed = createTable("PRIMARY KEY (a) NOT ENFORCED");
    insert(table);
    insert(keyed);
    setPassword("admin", "new-" + PASSWORD);

    // When // Then
    String expected = "refuses the login of user 'admin' (SASL_PLAINTEXT, mechanism SCRAM-SHA-256)";
    try {
      for (String t : List.of(table, keyed)) {
        refused(() -> insert(t)).hasStackTraceContaining(expected);
        refused(() -> insert(t + " /*+ OPTIONS('sink.delivery-guarantee' = 'exactly-once') */"))
            .hasStackTraceContaining(expected);
        refused(() -> rows("SELECT * FROM " + t)).hasStackTraceContaining(expected);
      }
    } finally {
      setPassword("admin", PASSWORD);
    }
  }

  // ------------------------------------------------------------------- where options may be

  @Test
  void noTableAndNoHintTakesALogin() throws Exception {
    // Given
    createCatalog(sasl, user("admin", PASSWORD, "PLAIN"));
    String table = createTable();
    String password = "'client.security.sasl.password' = '" + PASSWORD + "'";

    // When // Then
    refused(() -> flink.executeSql("CREATE TABLE other (a INT) WITH (" + password + ")"))
        .hasStackTraceContaining("so it is never stored with a table. Set it in CREATE CATALOG.");
    refused(() -> flink.executeSql("ALTER TABLE " + table + " SET (" + password + ")"))
        .hasStackTraceContaining("'client.security.sasl.password'");
    refused(() -> rows("EXPLAIN SELECT * FROM " + table + " /*+ OPTIONS(" + password + ") */"))
        .hasStackTraceContaining("and plans would show it. Set it in CREATE CATALOG.");
    refused(
            () ->
                rows(
                    "EXPLAIN INSERT INTO "
                        + table
                        + " /*+ OPTIONS('properties.sasl.jaas.config' = '"
                        + PASSWORD
                        + "') */ VALUES (1)"))
        .hasStackTraceContaining("and plans would show it. Set it in CREATE CATALOG.");
  }

  @Test
  void noDatabaseHasALoginAmongItsProperties() {
    // Given
    createCatalog(sasl, user("admin", PASSWORD, "PLAIN"));
    String password = "'client.security.sasl.password' = '" + PASSWORD + "'";

    // When // Then
    for (String statement :
        List.of(
            "CREATE DATABASE d WITH (" + password + ")",
            "ALTER DATABASE fluss SET (" + password + ")")) {
      refused(() -> flink.executeSql(statement))
          .hasStackTraceContaining("are stored in clear. Set them in CREATE CATALOG.");
    }
  }

  // ------------------------------------------------------------------------------------ help

  private interface Action {
    void run() throws Exception;
  }

  private static AbstractThrowableAssert<?, ?> refused(Action action) {
    long start = System.nanoTime();
    AbstractThrowableAssert<?, ?> thrown = assertThatThrownBy(action::run);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SECONDS);
    thrown.satisfies(e -> assertThat(stackTrace(e)).doesNotContain(PASSWORD));
    return thrown;
  }

  private static String stackTrace(Throwable e) {
    return ExceptionUtils.stringifyException(e);
  }

  private static Map<String, String> user(String name, String password, String mechanism) {
    return new HashMap<>(
        Map.of(
            "client.security.protocol", "SASL",
            "client.security.sasl.mechanism", mechanism,
            "client.security.sasl.username", name,
            "client.security.sasl.password", password));
  }

  private static void addProperties(Map<String, String> options, Map<String, String> kafka) {
    kafka.forEach((k, v) -> options.put("properties." + k, v));
  }

  private static void setPassword(String user, String password) throws Exception {
    try (Admin admin = Admin.create(sasl.adminProperties())) {
      ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion(user, info, password)))
          .all()
          .get();
    }
  }

  private void createCatalog(EmbeddedKafka kafka, Map<String, String> options) {
    String all =
        options.entrySet().stream()
            .map(e -> ", '%s' = '%s'".formatted(e.getKey(), e.getValue().replace("'", "''")))
            .collect(Collectors.joining());
    flink.executeSql(
        "CREATE CATALOG %s WITH ('type' = 'fluss', 'bootstrap.servers' = '%s'%s)"
            .formatted(catalog, kafka.bootstrapServers(), all));
    flink.executeSql("USE CATALOG " + catalog);
  }

  private String createTable(String... constraints) {
    String table = SharedKafka.uniqueName("t");
    String more = constraints.length == 0 ? "" : ", " + constraints[0];
    flink.executeSql("CREATE TABLE " + table + " (a INT" + more + ")");
    return table;
  }

  private void insert(String table) throws InterruptedException, ExecutionException {
    flink.executeSql("INSERT INTO " + table + " VALUES (1)").await();
  }

  private List<Row> rows(String query) {
    return CollectionUtil.iteratorToList(flink.executeSql(query).collect());
  }

  private void writeAndRead() throws Exception {
    String table = createTable();
    insert(table);
    assertThat(rows("SELECT * FROM " + table)).containsExactly(Row.of(1));
  }
}
