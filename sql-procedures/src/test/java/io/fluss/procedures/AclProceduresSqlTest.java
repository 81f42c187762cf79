package io.fluss.procedures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rights by CALL. */
class AclProceduresSqlTest {

  private static final String TIMS_READ =
      "resource=\"cluster.mydb\";permission=\"ALLOW\";principal=\"User:Tim\";operation=\"READ\";host=\"*\"";

  private static EmbeddedKafka kafka;
  private static TableEnvironment flink;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.builder().sasl(Map.of("admin", "a", "Tim", "t"), "admin").start();
    flink = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    createCatalog("admin_catalog", kafka.adminProperties());
    createCatalog("tims_catalog", kafka.clientProperties("Tim"));
    createCatalog("open_catalog", SharedKafka.kafka().adminProperties());
    flink.executeSql("CREATE DATABASE admin_catalog.mydb");
    flink.executeSql("USE CATALOG admin_catalog");
  }

  @AfterEach
  void dropAll() {
    call("CALL sys.drop_acl('ANY', 'ANY', 'ANY', 'ANY', 'ANY')");
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void addsListsAndDropsByNamedArguments() {
    // When
    assertThat(
            call(
                "CALL admin_catalog.sys.add_acl(resource => 'cluster.mydb', permission => 'ALLOW',"
                    + " principal => 'User:Tim', operation => 'READ', host => '*')"))
        .containsExactly("success");

    // Then
    assertThat(call("CALL sys.list_acl()")).containsExactly(TIMS_READ);
    assertThat(call("CALL sys.list_acl(resource => 'cluster.mydb')")).containsExactly(TIMS_READ);
    assertThat(call("CALL sys.list_acl(resource => 'cluster')")).isEmpty();
    assertThat(call("CALL sys.list_acl(principal => 'User:Tim', operation => 'ANY')"))
        .containsExactly(TIMS_READ);

    // When
    List<String> dropped =
        call(
            "CALL sys.drop_acl(resource => 'cluster.mydb', permission => 'ALLOW', principal =>"
                + " 'User:Tim', operation => 'READ')");

    // Then
    assertThat(dropped).containsExactly(TIMS_READ);
    assertThat(call("CALL sys.list_acl()")).isEmpty();
    assertThat(call("CALL sys.drop_acl('cluster.mydb', 'ALLOW', 'User:Tim', 'READ')"))
        .containsExactly("Nothing was dropped: no grant matches. CALL sys.list_acl() shows them.");
  }

  @Test
  void addsAndDropsByPositionInAnyCase() {
    // When
    call("CALL sys.add_acl('CLUSTER.mydb.orders', 'deny', 'user:Tim', 'write', '10.0.0.7')");
    call("CALL sys.add_acl('cluster', 'allow', 'ALL', 'describe')");

    // Then
    assertThat(call("CALL sys.list_acl('any', 'any')"))
        .containsExactly(
            "resource=\"cluster\";permission=\"ALLOW\";principal=\"User:*\";operation=\"DESCRIBE\";host=\"*\"",
            "resource=\"cluster.mydb.orders\";permission=\"DENY\";principal=\"User:Tim\";operation=\"WRITE\";host=\"10.0.0.7\"");
    assertThat(call("CALL sys.drop_acl('cluster.mydb.orders', 'ANY', 'ANY', 'ANY', 'ANY')"))
        .hasSize(1);
  }

  @Test
  void whatWasMadeWithKafkasToolsOrIsIncompleteIsShownAsSuch() throws Exception {
    // Given
    AclBinding foreign = topicAcl("mydb.orders", PatternType.LITERAL, AclOperation.READ);
    call("CALL sys.add_acl('cluster.mydb', 'ALLOW', 'User:Tim', 'READ')");
    try (Admin admin = Admin.create(kafka.adminProperties())) {
      admin.createAcls(List.of(foreign)).all().get();
      admin
          .deleteAcls(
              List.of(topicAcl("mydb.", PatternType.PREFIXED, AclOperation.READ).toFilter()))
          .all()
          .get();
    }

    // When, Then
    await()
        .untilAsserted(
            () ->
                assertThat(call("CALL sys.list_acl()"))
                    .containsExactly(
                        TIMS_READ + ";incomplete=\"Kafka ACLs are missing: 1\"",
                        "resource=\"cluster.mydb.orders\";permission=\"ALLOW\";principal=\"User:Tim\";operation=\"READ\";host=\"*\";foreign=\"Kafka"
                            + " ACL on literal topic 'mydb.orders'\""));
    call("CALL sys.add_acl('cluster.mydb', 'ALLOW', 'User:Tim', 'READ')");
    assertThat(call("CALL sys.list_acl('cluster.mydb')")).containsExactly(TIMS_READ);
    try (Admin admin = Admin.create(kafka.adminProperties())) {
      call("CALL sys.drop_acl('ANY', 'ANY', 'ANY', 'ANY')");
      assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get()).containsExactly(foreign);
      admin.deleteAcls(List.of(foreign.toFilter())).all().get();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'cluster.mydb', 'ALLOW', 'User:Tim', 'REED' | Unknown operation 'REED'. It is one of ALL, READ, WRITE, CREATE, DROP, ALTER, DESCRIBE; ANY in filters.",
        "'cluster.mydb', 'ALLOW', 'User:Tim', 'ANY' | 'ANY' is for filters; a grant has one operation: ALL, READ,",
        "'cluster.mydb', 'GRANT', 'User:Tim', 'READ' | Unknown permission 'GRANT'. It is one of ALLOW, DENY; ANY in filters.",
        "'mydb', 'ALLOW', 'User:Tim', 'READ' | Malformed resource 'mydb'. A resource is 'cluster', 'cluster.<database>' or 'cluster.<database>.<table>'.",
        "'cluster.a.b.c', 'ALLOW', 'User:Tim', 'READ' | Malformed resource 'cluster.a.b.c'.",
        "'cluster.a b', 'ALLOW', 'User:Tim', 'READ' | Malformed resource 'cluster.a b'. Database name 'a b' may hold only",
        "'cluster.', 'ALLOW', 'User:Tim', 'READ' | Malformed resource 'cluster.'.",
        "'ANY', 'ALLOW', 'User:Tim', 'READ' | 'ANY' is for filters; a grant has one resource:",
        "'cluster', 'ALLOW', 'Tim', 'READ' | Malformed principal 'Tim'. A principal is '<type>:<name>', for example 'User:alice'",
        "'cluster', 'ALLOW', 'User:', 'READ' | Malformed principal 'User:'.",
        "'cluster', 'ALLOW', 'User:Tim', 'READ', 'laptop' | Malformed host 'laptop'.",
        "'cluster', 'ALLOW', 'User:Tim' | Argument 'operation' of procedure 'sys.add_acl' is missing. Usage: CALL sys.add_acl(resource =>",
        "operation => 'READ' | Argument 'resource' of procedure 'sys.add_acl' is missing."
      })
  void refusesWhatIsNoGrantAndSaysWhy(String arguments, String message) {
    assertThatThrownBy(() -> call("CALL sys.add_acl(" + arguments + ")"))
        .hasStackTraceContaining(message);
    assertThat(call("CALL sys.list_acl()")).isEmpty();
  }

  @Test
  void rightsGoWithARenamedTableByTheNameThatItHas() {
    // Given
    flink.executeSql("CREATE TABLE mydb.first (a INT)");
    call("CALL sys.add_acl('cluster.mydb.first', 'ALLOW', 'User:Tim', 'READ')");

    // When
    flink.executeSql("ALTER TABLE mydb.first RENAME TO renamed");

    // Then
    assertThatThrownBy(
            () -> call("CALL sys.add_acl('cluster.mydb.first', 'ALLOW', 'User:Tim', 'WRITE')"))
        .hasStackTraceContaining(
            "Rights on table 'mydb.first' cannot be granted or denied: there is no table of that"
                + " name, and topic 'mydb.first' is that of table 'mydb.renamed', which was renamed."
                + " Create the table first, or grant them on the database: 'cluster.mydb'.");
    flink.executeSql("CREATE TABLE mydb.first (a INT)");
    call("CALL sys.add_acl('cluster.mydb.first', 'ALLOW', 'User:Tim', 'WRITE')");
    String read =
        "resource=\"cluster.mydb.renamed\";permission=\"ALLOW\";principal=\"User:Tim\";operation=\"READ\";host=\"*\"";
    String write =
        "resource=\"cluster.mydb.first\";permission=\"ALLOW\";principal=\"User:Tim\";operation=\"WRITE\";host=\"*\"";
    assertThat(call("CALL sys.list_acl()")).containsExactly(write, read);
    assertThat(call("SHOW TABLES IN tims_catalog.mydb")).containsExactly("first", "renamed");
    assertThat(call("CALL sys.drop_acl('cluster.mydb.first', 'ANY', 'ANY', 'ANY')"))
        .containsExactly(write);

    // When
    flink.executeSql("DROP TABLE mydb.renamed");

    // Then
    assertThat(call("CALL sys.list_acl('cluster.mydb.first')"))
        .containsExactly(read.replace("renamed", "first") + ";void=\"no table has its topic\"");
  }

  @Test
  void anAddressIsShownAsKafkaComparesIt() {
    // When
    call("CALL sys.add_acl('cluster.mydb', 'ALLOW', 'User:Tim', 'READ', '2001:db8::1')");

    // Then
    assertThat(call("CALL sys.list_acl(host => '2001:DB8:0::1')"))
        .containsExactly(TIMS_READ.replace("\"*\"", "\"2001:db8:0:0:0:0:0:1\""));
    assertThat(call("CALL sys.drop_acl('ANY', 'ANY', 'ANY', 'ANY', '2001:db8::1')")).hasSize(1);
  }

  @Test
  void whoMayNotManageRightsAndWhereThereAreNoneIsSaid() {
    assertThatThrownBy(
            () ->
                call("CALL tims_catalog.sys.add_acl('cluster.mydb', 'ALLOW', 'User:Tim', 'READ')"))
        .hasStackTraceContaining("User:Tim has no right to ALL on 'cluster'");
    assertThatThrownBy(
            () -> call("CALL open_catalog.sys.add_acl('cluster', 'ALLOW', 'User:Tim', 'READ')"))
        .hasStackTraceContaining("no authorizer is configured");
    assertThatThrownBy(() -> call("CALL open_catalog.sys.list_acl()"))
        .hasStackTraceContaining("no authorizer is configured");
  }

  @Test
  void proceduresAreShownWithHelp() {
    assertThat(call("SHOW PROCEDURES IN admin_catalog.sys"))
        .contains("add_acl", "drop_acl", "help", "list_acl");
    assertThat(call("SHOW PROCEDURES")).contains("sys.add_acl", "sys.help");
    assertThat(call("SHOW PROCEDURES FROM mydb LIKE 'sys.%_acl'"))
        .containsExactly("sys.add_acl", "sys.drop_acl", "sys.list_acl");
    assertThat(rows("CALL sys.help()"))
        .hasSizeGreaterThanOrEqualTo(6)
        .allSatisfy(
            row -> {
              String name = String.valueOf(row.getField(0));
              assertThat(String.valueOf(row.getField(1))).startsWith("CALL " + name + "(");
              assertThat(String.valueOf(row.getField(2))).hasSizeGreaterThan(40);
            });
    assertThat(call("CALL sys.help('list_acl')")).containsExactly("sys.list_acl");
    assertThat(call("CALL sys.help(procedure_name => 'sys.help')")).containsExactly("sys.help");
    assertThatThrownBy(() -> call("CALL sys.help('grant')"))
        .hasStackTraceContaining("There is no procedure 'grant'. There are [add_acl, drop_acl,");
  }

  private static AclBinding topicAcl(String name, PatternType type, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, name, type),
        new AccessControlEntry("User:Tim", "*", operation, AclPermissionType.ALLOW));
  }

  private static void createCatalog(String name, Properties properties) {
    flink.executeSql(
        "CREATE CATALOG %s WITH ('type' = 'fluss', 'bootstrap.servers' = '%s'%s)"
            .formatted(
                name,
                properties.getProperty("bootstrap.servers"),
                properties.stringPropertyNames().stream()
                    .filter(key -> !key.equals("bootstrap.servers"))
                    .map(key -> ", 'properties.%s' = '%s'".formatted(key, properties.get(key)))
                    .collect(Collectors.joining())));
  }

  /** The first column. */
  private static List<String> call(String statement) {
    return rows(statement).stream().map(row -> String.valueOf(row.getField(0))).toList();
  }

  private static List<Row> rows(String statement) {
    return CollectionUtil.iteratorToList(flink.executeSql(statement).collect());
  }
}
