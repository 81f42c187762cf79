package io.fluss.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.testkit.kafka.Certificates;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.topic.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.util.CollectionUtil;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every secret that a catalog is given holds a marker; then statements run, good and bad ones, and
 * the marker is looked for in all that they left behind: metadata topics, answers, plans, errors
 * and logs.
 *
 * <p>Not looked at is what Flink itself shows of a catalog, see {@code docs/tables.md}.
 */
class NoSecretsTest {

  private static final String MARKER = "hunter2";
  private static final Pattern PROJECT =
      Pattern.compile("^(org\\.apache\\.kafka|org\\.apache\\.flink|io\\.fluss)");

  /** Of Kafka's clients, under both names, some misspelt, and of lakes. */
  private static final List<String> SECRETS =
      Stream.of(
              kafkasSecrets().map(key -> "properties." + key),
              Stream.of(
                  "client.security.sasl.password",
                  "client.security.sasl.jaas.config",
                  "client.security.sasl.pasword",
                  "datalake.paimon.s3.secret-key",
                  "datalake.iceberg.credential"))
          .flatMap(keys -> keys)
          .toList();

  private static EmbeddedKafka kafka;
  private static Certificates certificates;

  private final MarkedLogs logs = new MarkedLogs();
  private final TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.inBatchMode());
  private final TableEnvironment streaming =
      TableEnvironment.create(EnvironmentSettings.inStreamingMode());
  private final List<String> shown = new ArrayList<>();

  @BeforeAll
  static void startBroker(@TempDir Path dir) {
    certificates = Certificates.create(dir);
    kafka =
        EmbeddedKafka.builder()
            .sasl(Map.of("admin", MARKER, "alice", "alice-" + MARKER), "admin")
            .scram()
            .tls(certificates)
            .start();
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @BeforeEach
  void listen() {
    logs.begin();
  }

  @AfterEach
  void listenNoMore() {
    logs.end();
  }

  @Test
  void whatStatementsLeaveBehindHoldsNoSecret() throws Exception {
    // Given
    String database = SharedKafka.uniqueDatabase();
    for (TableEnvironment each : List.of(flink, streaming)) {
      each.executeSql(createCatalog("c", "admin", MARKER));
      each.executeSql("USE CATALOG c");
      each.executeSql("CREATE DATABASE IF NOT EXISTS " + database);
      each.executeSql("USE " + database);
    }

    // When
    runGoodStatements();
    runBadStatements();

    // Then
    assertThat(shown).hasSizeGreaterThan(100).noneMatch(text -> text.contains(MARKER));
    assertThat(metadata()).hasSizeGreaterThan(4).noneMatch(text -> text.contains(MARKER));
    assertThat(logs.seen()).contains("org.apache.kafka", "org.apache.flink");
    assertThat(logs.marked()).isEmpty();
  }

  private void runGoodStatements() throws Exception {
    show("CREATE TABLE logs (a INT, b STRING)");
    show("CREATE TABLE rows_ (a INT, b STRING, PRIMARY KEY (a) NOT ENFORCED)");
    show("CREATE TABLE parts (a INT, p STRING) PARTITIONED BY (p)");
    show("CREATE TABLE likewise LIKE logs");
    flink.executeSql("INSERT INTO logs VALUES (1, 'x')").await();
    flink.executeSql("INSERT INTO rows_ VALUES (1, 'x')").await();
    flink.executeSql("INSERT INTO parts VALUES (1, 'x')").await();
    flink.executeSql("UPDATE rows_ SET b = 'y' WHERE a = 1").await();
    show("ALTER TABLE logs SET ('client.writer.batch-timeout' = '20 ms')");
    for (String table : List.of("logs", "rows_", "parts", "rows_$changelog")) {
      show("SHOW CREATE TABLE `" + table + "`");
      show("DESCRIBE EXTENDED `" + table + "`");
      show("SELECT * FROM `" + table + "` /*+ OPTIONS('scan.bounded.mode' = 'latest') */");
      shown.add(
          streaming.explainSql(
              "SELECT * FROM `" + table + "`",
              ExplainDetail.JSON_EXECUTION_PLAN,
              ExplainDetail.CHANGELOG_MODE));
    }
    shown.add(streaming.explainSql("INSERT INTO rows_ SELECT a, b FROM logs"));
    shown.add(streaming.compilePlanSql("INSERT INTO rows_ SELECT a, b FROM logs").asJsonString());
    show("SHOW DATABASES");
    show("SHOW TABLES");
  }

  private void runBadStatements() {
    fail(createCatalog("c2", "alice", "wrong-" + MARKER));
    fail(createCatalog("c2", "alice", "alice-" + MARKER) + " oops");
    fail(createCatalog("c2", "alice", MARKER).replace("sasl.password", "sasl.pasword"));
    fail(createCatalog("c2", "alice", MARKER).replace("'SASL_SSL'", "'TLS'"));
    fail(createCatalog("c2", "alice", MARKER).replace("'SASL_SSL'", "'SASL'"));
    fail(createCatalog("c2", "alice", MARKER).replace(kafka.bootstrapServers(), "127.0.0.1:1"));
    fail("ALTER CATALOG c SET ('client.security.sasl.password' = 'wrong-" + MARKER + "')");
    for (String key : SECRETS) {
      String option = "'" + key + "' = '" + MARKER + "'";
      fail(createCatalog("c2", "alice", "wrong-" + MARKER).replace(")", ", " + option + ")"));
      fail("CREATE TABLE bad (a INT) WITH (" + option + ")");
      fail("ALTER TABLE logs SET (" + option + ")");
      fail("SELECT * FROM logs /*+ OPTIONS(" + option + ") */");
      fail("EXPLAIN SELECT * FROM logs /*+ OPTIONS(" + option + ") */");
      fail("INSERT INTO logs /*+ OPTIONS(" + option + ") */ VALUES (1, 'x')");
      fail("CREATE TABLE bad LIKE logs (EXCLUDING OPTIONS) WITH (" + option + ")");
      fail("CREATE DATABASE bad WITH (" + option + ")");
      fail("ALTER DATABASE fluss SET (" + option + ")");
      flink.executeSql(
          "CREATE TEMPORARY TABLE temporary_ (a INT) WITH ('connector' = 'fluss', " + option + ")");
      fail("SELECT * FROM temporary_");
      fail("INSERT INTO temporary_ VALUES (1)");
      flink.executeSql("DROP TEMPORARY TABLE temporary_");
    }
    fail("SELECT * FROM nothing");
    fail("INSERT INTO logs /*+ OPTIONS('sink.nonsense' = 'x') */ VALUES (1, 'x')");
    fail("SELECT * FROM logs /*+ OPTIONS('scan.startup.mode' = 'never') */");
  }

  private static String createCatalog(String name, String user, String password) {
    Map<String, String> options =
        new HashMap<>(
            Map.of(
                "type",
                "fluss",
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "client.security.protocol",
                "SASL_SSL",
                "client.security.sasl.mechanism",
                "SCRAM-SHA-256",
                "client.security.sasl.username",
                user,
                "client.security.sasl.password",
                password));
    // The password of the key stores holds the marker as well.
    assertThat(Certificates.PASSWORD).contains(MARKER);
    certificates.showing().forEach((k, v) -> options.put("properties." + k, v));
    return options.entrySet().stream()
        .map(e -> "'" + e.getKey() + "' = '" + e.getValue() + "'")
        .collect(Collectors.joining(", ", "CREATE CATALOG " + name + " WITH (", ")"));
  }

  /** What Kafka itself hides when it logs settings. */
  private static Stream<String> kafkasSecrets() {
    return ConsumerConfig.configDef().configKeys().values().stream()
        .filter(key -> key.type == ConfigDef.Type.PASSWORD)
        .map(key -> key.name);
  }

  private void show(String statement) {
    shown.add(CollectionUtil.iteratorToList(flink.executeSql(statement).collect()).toString());
  }

  private void fail(String statement) {
    try {
      CollectionUtil.iteratorToList(flink.executeSql(statement).collect());
    } catch (Exception e) {
      shown.add(ExceptionUtils.stringifyException(e));
      return;
    }
    throw new AssertionError("Nothing is wrong with " + statement);
  }

  /** All records of all metadata topics, superseded ones too. */
  private static List<String> metadata() throws Exception {
    Properties properties = kafka.adminProperties();
    List<String> records = new ArrayList<>();
    try (Admin admin = Admin.create(properties);
        Consumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> topics =
          admin.listTopics().names().get().stream()
              .filter(topic -> topic.startsWith(TopicNames.METADATA_PREFIX))
              .map(topic -> new TopicPartition(topic, 0))
              .toList();
      consumer.assign(topics);
      consumer.seekToBeginning(topics);
      Map<TopicPartition, Long> ends = consumer.endOffsets(topics);
      while (topics.stream().anyMatch(t -> consumer.position(t) < ends.get(t))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          records.add(text(record.key()) + " " + text(record.value()));
        }
      }
    }
    return records;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  /** What is logged, by anybody, that holds the marker. */
  private static final class MarkedLogs extends AbstractAppender {

    private final Queue<String> marked = new ConcurrentLinkedQueue<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private Level before = Level.WARN;

    MarkedLogs() {
      super("marked", null, null, true, Property.EMPTY_ARRAY);
    }

    void begin() {
      start();
      before = context.getConfiguration().getRootLogger().getLevel();
      // The console goes on as it was.
      context
          .getConfiguration()
          .getRootLogger()
          .getAppenders()
          .keySet()
          .forEach(
              name -> {
                context.getConfiguration().getRootLogger().removeAppender(name);
                context
                    .getConfiguration()
                    .getRootLogger()
                    .addAppender(context.getConfiguration().getAppender(name), before, null);
              });
      context.getConfiguration().getRootLogger().addAppender(this, Level.ALL, null);
      context.getConfiguration().getRootLogger().setLevel(Level.DEBUG);
      context
          .getConfiguration()
          .getLoggers()
          .values()
          .forEach(logger -> logger.setLevel(Level.DEBUG));
      context.updateLoggers();
    }

    void end() {
      context.reconfigure();
      stop();
    }

    @Override
    public void append(LogEvent event) {
      String text =
          event.getLoggerName()
              + ": "
              + event.getMessage().getFormattedMessage()
              + (event.getThrown() == null
                  ? ""
                  : "\n" + ExceptionUtils.stringifyException(event.getThrown()));
      Matcher project = PROJECT.matcher(text);
      if (project.find()) {
        seen.add(project.group());
      }
      if (text.contains(MARKER)) {
        marked.add(text);
      }
    }

    Queue<String> marked() {
      return marked;
    }

    /** Who logged something. */
    Set<String> seen() {
      return seen;
    }
  }
}
