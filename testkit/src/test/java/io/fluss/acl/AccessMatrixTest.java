package io.fluss.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fluss.acl.Attempt.Where;
import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.partition.PartitionName;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.topic.TopicNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each operation granted at each level, and everything that can be tried with it: allowed or
 * refused as {@link Attempt} says, which is the table in {@code docs/security}. A refusal names
 * who, what and where, and leaves things as they were; one of Kafka's own client names what Kafka
 * names, the topic or group.
 */
class AccessMatrixTest {

  private static final String OTHER = "other_";

  private static EmbeddedKafka kafka;
  private static TableAdmin admin;

  @TempDir private static Path dir;

  @BeforeAll
  static void start() throws InterruptedException {
    Map<String, String> users =
        new HashMap<>(Map.of("admin", "a", "nobody", "n", "tim", "t", "jim", "j", "kim", "k"));
    cases()
        .map(c -> user((Where) c.get()[0], (Operation) c.get()[1]))
        .forEach(
            user -> {
              users.put(user, "p");
              users.put("no_" + user, "p");
            });
    kafka = EmbeddedKafka.builder().sasl(users, "admin").start();
    admin = TableAdmin.connect(config(kafka.adminProperties()));
    admin.createDatabase("neighbour", null, Map.of());
    Person.createTables(admin, "neighbour", "");
    Person.fill(config(kafka.adminProperties()), admin, "neighbour", "");
  }

  @AfterAll
  static void stop() {
    admin.close();
    kafka.close();
  }

  static Stream<Arguments> cases() {
    return Stream.of(Where.values())
        .flatMap(level -> Stream.of(Operation.values()).map(op -> Arguments.of(level, op)));
  }

  private static String user(Where level, Operation operation) {
    return (level + "_" + operation).toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aGrantAllowsWhatTheTableSaysAndNothingElse(Where level, Operation operation)
      throws Exception {
    // Given
    String user = user(level, operation);
    String database = "db_" + user;
    admin.createDatabase(database, null, Map.of());
    Person.createTables(admin, database, "");
    Person.fill(config(kafka.adminProperties()), admin, database, "");
    if (level == Where.TABLE) {
      Person.createTables(admin, database, OTHER);
    }
    for (AclResource resource : resources(level, database)) {
      admin.acls().add(Grant.allow(resource, Principal.user(user), operation));
    }

    // When, Then
    List<String> wrong = new ArrayList<>();
    try (Person person = new Person(config(kafka.clientProperties(user)), admin, dir)) {
      for (Attempt attempt : Attempt.values()) {
        boolean allowed = attempt.isAllowed(operation, level);
        if (!allowed) {
          requireRefused(attempt, true, person, user, database, "", wrong);
        }
        if (level == Where.TABLE && attempt.where() == Where.TABLE) {
          requireRefused(attempt, false, person, user, database, OTHER, wrong);
        }
        if (level != Where.CLUSTER) {
          requireRefused(attempt, false, person, user, "neighbour", "", wrong);
        }
      }
      requireAllThere(database, "");
      requireAllThere("neighbour", "");
      for (Attempt attempt : Attempt.values()) {
        if (attempt.isAllowed(operation, level)) {
          requireAllowed(attempt, person, database, "", wrong);
        }
      }
    }
    assertThat(wrong).as("%s granted on %s", operation, level).isEmpty();
    admin.acls().drop(new GrantFilter(null, null, Principal.user(user), null, null));
  }

  @Test
  void whoHasNoRightSeesNothing() throws Exception {
    // When, Then
    List<String> wrong = new ArrayList<>();
    try (Person person = new Person(config(kafka.clientProperties("nobody")), admin, dir);
        TableAdmin nobody = TableAdmin.connect(config(kafka.clientProperties("nobody")))) {
      for (Attempt attempt : Attempt.values()) {
        requireRefused(attempt, false, person, "nobody", "neighbour", "", wrong);
      }
      assertThat(nobody.listDatabases()).isEmpty();
    }
    assertThat(wrong).isEmpty();
  }

  static Stream<Arguments> denials() {
    return cases().filter(c -> c.get()[0] != Where.CLUSTER);
  }

  @ParameterizedTest
  @MethodSource("denials")
  void aDenyTakesWhatTheTableSaysAndNothingElse(Where level, Operation operation) throws Exception {
    // Given
    String user = "no_" + user(level, operation);
    String database = "db_" + user;
    admin.createDatabase(database, null, Map.of());
    Person.createTables(admin, database, "");
    Person.fill(config(kafka.adminProperties()), admin, database, "");
    admin.acls().add(Grant.allow(AclResource.cluster(), Principal.user(user), Operation.ALL));
    for (AclResource resource : resources(level, database)) {
      deny(resource, user, operation, Grant.ANY_HOST);
    }

    // When, Then
    List<String> wrong = new ArrayList<>();
    try (Person person = new Person(config(kafka.clientProperties(user)), admin, dir)) {
      assertThat(person.attempt(Attempt.SEE, "neighbour", "")).isEmpty();
      for (Attempt attempt : Attempt.values()) {
        if (!attempt.isLeft(operation, level) && person.attempt(attempt, database, "").isEmpty()) {
          wrong.add(what(attempt, database, "") + " was allowed");
        }
      }
      requireAllThere(database, "");
      for (Attempt attempt : Attempt.values()) {
        if (attempt.isLeft(operation, level)) {
          requireAllowed(attempt, person, database, "", wrong);
        }
      }
    }
    assertThat(wrong).as("%s denied on %s", operation, level).isEmpty();
    admin.acls().drop(new GrantFilter(null, null, Principal.user(user), null, null));
  }

  @Test
  void aDenyOnTheClusterTakesDataOperationsOnAllTables() throws Exception {
    // Given
    List<Attempt> tried =
        List.of(
            Attempt.SEE,
            Attempt.RAW_READ_ROWS,
            Attempt.RAW_READ_ROWS_OF_PARTITION,
            Attempt.RAW_WRITE_ROWS,
            Attempt.SET_OPTION,
            Attempt.MANAGE_RIGHTS);
    // The metadata is among all topics, and whoever is denied something manages no rights.
    Map<Operation, List<Attempt>> left =
        Map.of(
            Operation.READ, List.of(Attempt.RAW_WRITE_ROWS),
            Operation.WRITE,
                List.of(Attempt.SEE, Attempt.RAW_READ_ROWS, Attempt.RAW_READ_ROWS_OF_PARTITION));
    admin.acls().add(Grant.allow(AclResource.cluster(), Principal.user("tim"), Operation.ALL));
    for (Operation operation : left.keySet()) {

      // When
      Grant deny = deny(AclResource.cluster(), "tim", operation, Grant.ANY_HOST);

      // Then
      try (Person person = new Person(config(kafka.clientProperties("tim")), admin, dir)) {
        assertThat(tried.stream().filter(a -> person.attempt(a, "neighbour", "").isEmpty()))
            .as(deny.toString())
            .containsExactlyElementsOf(left.get(operation));
      }
      admin.acls().drop(GrantFilter.of(deny));
    }
    admin.acls().drop(new GrantFilter(null, null, Principal.user("tim"), null, null));
  }

  @Test
  void aDenyIsForItsHostOnly() {
    // Given
    AclResource neighbour = AclResource.database("neighbour");
    admin.acls().add(Grant.allow(neighbour, Principal.user("jim"), Operation.READ));
    deny(neighbour, "jim", Operation.READ, "10.0.0.7");
    try (Person person = new Person(config(kafka.clientProperties("jim")), admin, dir)) {
      assertThat(settled(person, Attempt.RAW_READ_ROWS, "neighbour", "")).isEmpty();

      // When
      deny(neighbour, "jim", Operation.READ, "127.0.0.1");

      // Then
      assertThat(person.attempt(Attempt.RAW_READ_ROWS, "neighbour", "")).isPresent();
    }
    admin.acls().drop(new GrantFilter(null, null, Principal.user("jim"), null, null));
  }

  @Test
  void aDenyOfWriteLeavesCreatingPartitionsToWhomAWiderGrantAllowsIt() throws Exception {
    // Given
    admin.createDatabase("days", null, Map.of());
    Person.createTables(admin, "days", "");
    AclResource part = AclResource.table(TablePath.of("days", "part"));
    admin
        .acls()
        .add(Grant.allow(AclResource.database("days"), Principal.user("kim"), Operation.WRITE));

    // When
    deny(part, "kim", Operation.WRITE, Grant.ANY_HOST);

    // Then
    try (Person person = new Person(config(kafka.clientProperties("kim")), admin, dir)) {
      assertThat(settled(person, Attempt.APPEND, "days", "")).isEmpty();
      assertThat(person.attempt(Attempt.WRITE_TO_NEW_PARTITION, "days", "")).isPresent();
      assertThat(person.attempt(Attempt.ADD_PARTITION, "days", "")).isEmpty();

      // When
      deny(part, "kim", Operation.CREATE, Grant.ANY_HOST);

      // Then: controllers may learn of it a moment later
      await().until(() -> person.attempt(Attempt.ADD_PARTITION, "days", "").isPresent());
    }
    admin.acls().drop(new GrantFilter(null, null, Principal.user("kim"), null, null));
  }

  /** Nothing is marked as dropped that could not be dropped. */
  @Test
  void aTableThatMayNotBeDroppedKeepsItsDatabase() throws Exception {
    // Given
    admin.createDatabase("denied", null, Map.of());
    Person.createTables(admin, "denied", "");
    admin.acls().add(Grant.allow(AclResource.cluster(), Principal.user("tim"), Operation.ALL));
    deny(AclResource.table(TablePath.of("denied", "pk")), "tim", Operation.DROP, Grant.ANY_HOST);
    List<String> wrong = new ArrayList<>();
    try (Person person = new Person(config(kafka.clientProperties("tim")), admin, dir)) {

      // When, Then
      requireRefused(Attempt.DROP_DATABASE, true, person, "tim", "denied", "", wrong);
      requireAllowed(Attempt.DROP_TABLE, person, "denied", "", wrong);
    }
    assertThat(wrong).isEmpty();
    assertThat(admin.findTable(TablePath.of("denied", "pk"))).isPresent();
    admin.acls().drop(new GrantFilter(null, null, Principal.user("tim"), null, null));
  }

  private static Grant deny(AclResource resource, String user, Operation operation, String host) {
    Grant deny = new Grant(resource, Permission.DENY, Principal.user(user), operation, host);
    admin.acls().add(deny);
    return deny;
  }

  private static List<AclResource> resources(Where level, String database) {
    return switch (level) {
      case CLUSTER -> List.of(AclResource.cluster());
      case DATABASE -> List.of(AclResource.database(database));
      case TABLE ->
          Person.TABLES.stream()
              .map(table -> AclResource.table(TablePath.of(database, table)))
              .toList();
    };
  }

  private static void requireAllowed(
      Attempt attempt, Person person, String database, String prefix, List<String> wrong) {
    settled(person, attempt, database, prefix)
        .ifPresent(e -> wrong.add(what(attempt, database, prefix) + " was refused: " + e));
  }

  /**
   * @param isSeen whether the person has some right to it: then not to see it is not what is
   *     missing
   */
  private static void requireRefused(
      Attempt attempt,
      boolean isSeen,
      Person person,
      String user,
      String database,
      String prefix,
      List<String> wrong) {
    Optional<Throwable> refusal = person.attempt(attempt, database, prefix);
    if (refusal.isEmpty()) {
      wrong.add(what(attempt, database, prefix) + " was allowed");
    } else if (attempt.isRaw()
        ? !isNamedByKafka(refusal.get(), attempt, database, prefix)
        : !isNamed(refusal.get(), attempt, isSeen, user, database, prefix)) {
      wrong.add(what(attempt, database, prefix) + " was refused without saying why: " + refusal);
    }
  }

  private static String what(Attempt attempt, String database, String prefix) {
    return attempt + " of " + database + "." + prefix + "*";
  }

  /** Controllers may learn of a grant a moment after brokers. */
  private static Optional<Throwable> settled(
      Person person, Attempt attempt, String database, String prefix) {
    Optional<Throwable> first = person.attempt(attempt, database, prefix);
    return first.isEmpty() ? first : person.attempt(attempt, database, prefix);
  }

  /** Who, what and where. */
  private static boolean isNamed(
      Throwable refusal,
      Attempt attempt,
      boolean isSeen,
      String user,
      String database,
      String prefix) {
    AclResource own = attempt.resource(database, prefix);
    List<MissingRight> said =
        isSeen
            ? List.of(new MissingRight("User:" + user, attempt.operation(), own))
            : List.of(
                new MissingRight("User:" + user, attempt.operation(), own),
                new MissingRight("User:" + user, Operation.DESCRIBE, own),
                new MissingRight(
                    "User:" + user, Operation.DESCRIBE, AclResource.database(database)));
    String message = String.valueOf(refusal.getMessage());
    return said.stream().anyMatch(right -> message.contains(right.text()));
  }

  /** Kafka's client knows neither principal nor operation, and of transactions not even the id. */
  private static boolean isNamedByKafka(
      Throwable refusal, Attempt attempt, String database, String prefix) {
    String topic =
        attempt.resource(database, prefix) instanceof AclResource.Table table
            ? table.path().toString()
            : TopicNames.metadata(database);
    return refusal instanceof TransactionalIdAuthorizationException
        || (refusal instanceof TopicAuthorizationException e
            && (e.unauthorizedTopics().equals(Set.of(topic))
                || e.unauthorizedTopics().equals(Set.of(topic + "." + Person.PARTITION))))
        || (refusal instanceof GroupAuthorizationException e
            && e.groupId().equals(topic + ".readers"));
  }

  private static void requireAllThere(String database, String prefix) {
    for (String table :
        List.of("log", "pk", "part", "moving", "moving_part", "doomed", "doomed_part")) {
      assertThat(admin.findTable(TablePath.of(database, prefix + table)))
          .as(database + "." + table)
          .isPresent();
    }
    // Whoever may CREATE brings a partition about by writing to it, and no row.
    assertThat(admin.listPartitions(admin.table(TablePath.of(database, prefix + "part"))))
        .anyMatch(partition -> partition.name().equals(PartitionName.of(Person.PARTITION)));
  }

  private static ClientConfig config(Properties properties) {
    return new ClientConfig(
        properties.getProperty("bootstrap.servers"),
        properties.stringPropertyNames().stream()
            .filter(key -> !key.equals("bootstrap.servers"))
            .collect(Collectors.toMap(key -> key, properties::getProperty)));
  }
}
