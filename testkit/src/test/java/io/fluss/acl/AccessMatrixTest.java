package io.fluss.acl;

import static org.assertj.core.api.Assertions.assertThat;

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
    Map<String, String> users = new HashMap<>(Map.of("admin", "a", "nobody", "n", "tim", "t"));
    cases().forEach(c -> users.put(user((Where) c.get()[0], (Operation) c.get()[1]), "p"));
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

  @Test
  void aDenyWinsAtWhicheverLevel() throws Exception {
    // Given
    admin.createDatabase("denied", null, Map.of());
    Person.createTables(admin, "denied", "");
    Person.fill(config(kafka.adminProperties()), admin, "denied", "");
    Principal tim = Principal.user("tim");
    admin.acls().add(Grant.allow(AclResource.cluster(), tim, Operation.ALL));
    List<Attempt> tried =
        List.of(Attempt.SEE, Attempt.RAW_READ_ROWS, Attempt.APPEND, Attempt.SET_OPTION);
    Map<Operation, List<Attempt>> left =
        Map.of(
            Operation.READ, List.of(Attempt.SEE, Attempt.APPEND, Attempt.SET_OPTION),
            Operation.WRITE, List.of(Attempt.SEE, Attempt.RAW_READ_ROWS, Attempt.SET_OPTION),
            Operation.ALTER, List.of(Attempt.SEE, Attempt.RAW_READ_ROWS, Attempt.APPEND),
            Operation.DESCRIBE, List.of(),
            Operation.ALL, List.of());
    for (AclResource resource :
        List.of(AclResource.table(TablePath.of("denied", "log")), AclResource.database("denied"))) {
      for (Operation operation : left.keySet()) {
        Grant deny = new Grant(resource, Permission.DENY, tim, operation, Grant.ANY_HOST);

        // When
        admin.acls().add(deny);

        // Then
        List<Attempt> allowed = new ArrayList<>();
        try (Person person = new Person(config(kafka.clientProperties("tim")), admin, dir)) {
          for (Attempt attempt : tried) {
            if (person.attempt(attempt, "denied", "").isEmpty()) {
              allowed.add(attempt);
            }
          }
          assertThat(person.attempt(Attempt.SEE, "neighbour", "")).isEmpty();
        }
        assertThat(allowed).as(deny.toString()).isEqualTo(left.get(operation));
        admin.acls().drop(GrantFilter.of(deny));
      }
    }
    // Nothing is marked as dropped that could not be dropped.
    admin
        .acls()
        .add(
            new Grant(
                AclResource.table(TablePath.of("denied", "pk")),
                Permission.DENY,
                tim,
                Operation.DROP,
                Grant.ANY_HOST));
    List<String> wrong = new ArrayList<>();
    try (Person person = new Person(config(kafka.clientProperties("tim")), admin, dir)) {
      requireRefused(Attempt.DROP_DATABASE, true, person, "tim", "denied", "", wrong);
      requireAllowed(Attempt.DROP_TABLE, person, "denied", "", wrong);
    }
    assertThat(wrong).isEmpty();
    assertThat(admin.findTable(TablePath.of("denied", "pk"))).isPresent();
    admin.acls().drop(new GrantFilter(null, null, tim, null, null));
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
            && e.unauthorizedTopics().equals(Set.of(topic)))
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
        .anyMatch(partition -> partition.name().equals(PartitionName.of("a")));
  }

  private static ClientConfig config(Properties properties) {
    return new ClientConfig(
        properties.getProperty("bootstrap.servers"),
        properties.stringPropertyNames().stream()
            .filter(key -> !key.equals("bootstrap.servers"))
            .collect(Collectors.toMap(key -> key, properties::getProperty)));
  }
}
