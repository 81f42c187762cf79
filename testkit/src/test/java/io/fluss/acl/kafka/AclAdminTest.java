package io.fluss.acl.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fluss.FlussException;
import io.fluss.acl.AccessRefusedException;
import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.acl.GrantFilter;
import io.fluss.acl.Operation;
import io.fluss.acl.Permission;
import io.fluss.acl.Principal;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateAclsOptions;
import org.apache.kafka.clients.admin.CreateAclsResult;
import org.apache.kafka.clients.admin.DeleteAclsOptions;
import org.apache.kafka.clients.admin.DeleteAclsResult;
import org.apache.kafka.clients.admin.DescribeAclsOptions;
import org.apache.kafka.clients.admin.DescribeAclsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Grants against a broker with an authorizer, compared with a model of what ought to be there. */
class AclAdminTest {

  private static final Principal TIM = Principal.user("tim");
  private static final AclResource SHOP = AclResource.database("shop");
  private static final AclResource ORDERS = AclResource.table(TablePath.of("shop", "orders"));

  private static final GrantedTables BY_NAME =
      new GrantedTables() {
        @Override
        public TablePath topicOf(TablePath table) {
          return table;
        }

        @Override
        public Function<TablePath, Optional<TablePath>> current() {
          return Optional::of;
        }
      };

  private static EmbeddedKafka broker;
  private static Admin kafka;
  private static AclAdmin acls;

  @BeforeAll
  static void start() {
    broker = EmbeddedKafka.builder().sasl(Map.of("admin", "a", "tim", "t"), "admin").start();
    kafka = Admin.create(broker.adminProperties());
    acls = new AclAdmin(config(broker.adminProperties()), kafka, BY_NAME);
  }

  @AfterEach
  void dropAll() throws Exception {
    kafka.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    await().until(() -> bindings().isEmpty());
  }

  @AfterAll
  static void stop() {
    kafka.close();
    broker.close();
  }

  @Test
  void whatIsGrantedIsListedAndGoneWhenDropped() throws Exception {
    // Given
    Grant read = Grant.allow(SHOP, TIM, Operation.READ);
    Grant denied = new Grant(ORDERS, Permission.DENY, TIM, Operation.READ, "10.0.0.7");

    // When
    acls.add(read);
    acls.add(read);
    acls.add(denied);

    // Then
    assertThat(grants()).containsExactly(read, denied);
    assertThat(bindings()).isEqualTo(GrantList.needs(List.of(read, denied).stream()));
    assertThat(acls.list(GrantFilter.ANY).foreign()).isEmpty();
    assertThat(acls.drop(GrantFilter.of(read))).containsExactly(read);
    assertThat(acls.drop(GrantFilter.of(read))).isEmpty();
    assertThat(grants()).containsExactly(denied);
    assertThat(bindings()).isEqualTo(GrantBindings.of(denied));
  }

  @Test
  void eachGrantIsRecognisedByItsMarker() {
    for (Grant grant : allGrants()) {
      assertThat(GrantMarker.read(GrantMarker.of(grant))).contains(grant);
      assertThat(
              GrantList.of(GrantBindings.of(grant), Set.of()).grants().stream()
                  .map(ListedGrant::grant))
          .containsExactly(grant);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void kafkaHasWhatTheModelHasWhateverIsGrantedAndDropped(long seed) throws Exception {
    // Given
    Random random = new Random(seed);
    List<Grant> all = allGrants();
    Set<Grant> model = new TreeSet<>(Grant.ORDER);
    AclBinding elsewhere = topicAcl("other", PatternType.LITERAL, AclOperation.READ);
    kafka.createAcls(List.of(elsewhere)).all().get();

    for (int step = 0; step < 60; step++) {
      // When
      boolean isThere = !model.isEmpty() && random.nextBoolean();
      List<Grant> some = isThere ? List.copyOf(model) : all;
      Grant grant = some.get(random.nextInt(some.size()));
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> {
          acls.add(grant);
          model.add(grant);
        }
        case 3 -> {
          GrantFilter filter = randomFilter(random, grant);
          List<Grant> expected = model.stream().filter(filter::matches).toList();
          assertThat(acls.drop(filter)).isEqualTo(expected);
          expected.forEach(model::remove);
        }
        case 4 -> {
          // half a grant, and it is dropped
          if (model.remove(grant)) {
            List<AclBinding> own = List.copyOf(GrantBindings.of(grant));
            AclBinding lost = own.get(1 + random.nextInt(own.size() - 1));
            kafka.deleteAcls(List.of(lost.toFilter())).all().get();
            await().until(() -> !bindings().contains(lost));
            assertThat(acls.drop(GrantFilter.of(grant))).containsExactly(grant);
          }
        }
        default -> {
          // half a grant, as one that was interrupted leaves it
          if (model.remove(grant)) {
            kafka.deleteAcls(List.of(lastOf(grant).toFilter())).all().get();
            acls.add(grant);
            model.add(grant);
          }
        }
      }

      // Then
      Set<AclBinding> expected = GrantList.needs(model.stream());
      expected.add(elsewhere);
      await().untilAsserted(() -> assertThat(bindings()).isEqualTo(expected));
      assertThat(grants()).containsExactlyElementsOf(model);
    }
    acls.drop(GrantFilter.ANY);
    assertThat(bindings()).containsExactly(elsewhere);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7, 8, 9, 10})
  void grantsThatOthersAddMeanwhileStayWhole(long seed) throws Exception {
    // Given
    List<Operation> operations = List.of(Operation.values());
    int clients = 4;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    List<Set<Grant>> models = new ArrayList<>();
    List<Future<?>> ends = new ArrayList<>();

    // When
    for (int client = 0; client < clients; client++) {
      // Each has grants of its own; all share the ACLs on the metadata of one database.
      AclResource table = AclResource.table(TablePath.of("shop", "t"));
      List<Operation> own = operations.subList(client, Math.min(operations.size(), client + 1));
      Set<Grant> model = new TreeSet<>(Grant.ORDER);
      models.add(model);
      Random random = new Random(seed * 31 + client);
      ends.add(
          threads.submit(
              () -> {
                for (int step = 0; step < 25; step++) {
                  Grant grant =
                      Grant.allow(
                          random.nextBoolean() ? SHOP : table,
                          TIM,
                          own.get(random.nextInt(own.size())));
                  if (random.nextBoolean()) {
                    acls.add(grant);
                    model.add(grant);
                  } else {
                    acls.drop(GrantFilter.of(grant));
                    model.remove(grant);
                  }
                }
              }));
    }
    for (Future<?> end : ends) {
      end.get();
    }
    threads.shutdown();

    // Then
    Set<Grant> model = models.stream().flatMap(Collection::stream).collect(Collectors.toSet());
    await().untilAsserted(() -> assertThat(bindings()).isEqualTo(GrantList.needs(model.stream())));
  }

  @Test
  void foreignAclsAreShownAsSuchAndStay() throws Exception {
    // Given
    kafka.createTopics(List.of(new NewTopic("__fluss.metadata.shop", 1, (short) 1))).all().get();
    AclBinding topic = topicAcl("shop.orders", PatternType.LITERAL, AclOperation.READ);
    AclBinding prefix = topicAcl("shop.", PatternType.PREFIXED, AclOperation.WRITE);
    AclBinding wide = topicAcl("sh", PatternType.PREFIXED, AclOperation.READ);
    AclBinding metadata = topicAcl("__fluss.metadata.shop", PatternType.LITERAL, AclOperation.READ);
    AclBinding elsewhere = topicAcl("shopping", PatternType.LITERAL, AclOperation.READ);
    kafka.createAcls(List.of(topic, prefix, wide, metadata, elsewhere)).all().get();
    Grant grant = Grant.allow(ORDERS, TIM, Operation.WRITE);

    // When
    acls.add(grant);

    // Then: reading the metadata is now explained by the grant
    assertThat(acls.list(GrantFilter.ANY).foreign())
        .containsExactlyInAnyOrder(
            new ForeignAcl(ORDERS, topic),
            new ForeignAcl(SHOP, prefix),
            new ForeignAcl(AclResource.cluster(), wide));
    assertThat(acls.list(new GrantFilter(SHOP, null, null, null, null)).foreign())
        .containsExactly(new ForeignAcl(SHOP, prefix));
    assertThat(acls.list(new GrantFilter(null, null, null, Operation.READ, null)).foreign())
        .hasSize(2);
    assertThat(acls.list(new GrantFilter(null, null, Principal.user("x"), null, null)).foreign())
        .isEmpty();

    // When: dropping what no grant is takes nothing
    assertThat(acls.drop(GrantFilter.of(Grant.allow(ORDERS, TIM, Operation.READ)))).isEmpty();

    // Then
    assertThat(bindings()).contains(topic, prefix, wide, elsewhere);
  }

  @Test
  void anIncompleteGrantIsShownAndCompletedByAddingItAgain() throws Exception {
    // Given
    Grant grant = Grant.allow(SHOP, TIM, Operation.ALTER);
    acls.add(grant);
    AclBinding lost = lastOf(grant);
    kafka.deleteAcls(List.of(lost.toFilter())).all().get();
    await().until(() -> !bindings().contains(lost));

    // When
    ListedGrant listed = acls.list(GrantFilter.ANY).grants().get(0);

    // Then
    assertThat(listed.missing()).containsExactly(lost);
    acls.add(grant);
    assertThat(acls.list(GrantFilter.ANY).grants().get(0).missing()).isEmpty();
  }

  @Test
  void aGrantThatIsTakenInPartOnlySaysSoAndIsCompletedByAddingItAgain() throws Exception {
    // Given
    Grant grant = Grant.allow(SHOP, TIM, Operation.WRITE);
    try (FaultyAdmin faulty = new FaultyAdmin(broker.adminProperties())) {
      AclAdmin its = new AclAdmin(config(broker.adminProperties()), faulty, BY_NAME);
      faulty.refused = b -> b.pattern().resourceType() == ResourceType.TRANSACTIONAL_ID;

      // When, Then
      assertThatThrownBy(() -> its.add(grant))
          .isInstanceOf(FlussException.class)
          .hasMessageContaining("Grant [" + grant + "] cannot be added as a whole: Kafka refuses 2")
          .hasMessageEndingWith("The others are done; do it again for the rest.");
      assertThat(bindings()).isNotEmpty().isNotEqualTo(GrantBindings.of(grant));

      // When
      faulty.refused = b -> false;
      its.add(grant);

      // Then
      assertThat(bindings()).isEqualTo(GrantBindings.of(grant));
    }
  }

  @Test
  void aGrantThatWasDroppedInPartOnlyIsListedAndDroppedByDoingItAgain() throws Exception {
    // Given
    Grant grant = Grant.allow(AclResource.cluster(), TIM, Operation.ALL);
    acls.add(grant);
    try (FaultyAdmin faulty = new FaultyAdmin(broker.adminProperties())) {
      AclAdmin its = new AclAdmin(config(broker.adminProperties()), faulty, BY_NAME);
      faulty.deletions = 1;

      // When, Then
      assertThatThrownBy(() -> its.drop(GrantFilter.of(grant)))
          .isInstanceOf(DisconnectException.class);
      await()
          .untilAsserted(
              () ->
                  assertThat(acls.list(GrantFilter.ANY).grants())
                      .singleElement()
                      .satisfies(listed -> assertThat(listed.missing()).isNotEmpty()));

      // When
      faulty.deletions = Integer.MAX_VALUE;

      // Then
      assertThat(its.drop(GrantFilter.of(grant))).containsExactly(grant);
      await().until(() -> bindings().isEmpty());
    }
  }

  @Test
  void whatBrokersHaveNotLearntOfIsNotBroughtBack() throws Exception {
    // Given: brokers that go on saying what was there before
    Grant dropped = Grant.allow(SHOP, TIM, Operation.READ);
    acls.add(dropped);
    try (FaultyAdmin faulty = new FaultyAdmin(broker.adminProperties())) {
      AclAdmin its = new AclAdmin(config(broker.adminProperties()), faulty, BY_NAME);
      faulty.repeatsItself = true;

      // When, Then
      assertThatThrownBy(() -> its.drop(GrantFilter.of(dropped)))
          .isInstanceOf(FlussException.class)
          .hasMessageContaining("brokers have not learnt of it within 5 s")
          .hasMessageEndingWith("Drop them once more.");
      await().until(() -> bindings().isEmpty());
    }
  }

  /** A client of Kafka whose requests come through in part, or whose answers are old. */
  private static final class FaultyAdmin extends ForwardingAdmin {

    private Predicate<AclBinding> refused = binding -> false;
    private int deletions = Integer.MAX_VALUE;
    private boolean repeatsItself;
    @Nullable private DescribeAclsResult before;

    FaultyAdmin(Properties properties) {
      super(Utils.propsToMap(properties));
    }

    /** In place of what is refused goes what no Kafka takes. */
    @Override
    public CreateAclsResult createAcls(Collection<AclBinding> wanted, CreateAclsOptions options) {
      return super.createAcls(
          wanted.stream()
              .map(
                  b ->
                      refused.test(b)
                          ? new AclBinding(
                              b.pattern(),
                              new AccessControlEntry(
                                  b.entry().principal(),
                                  b.entry().host() + b.entry().operation(),
                                  AclOperation.UNKNOWN,
                                  AclPermissionType.ALLOW))
                          : b)
              .toList(),
          options);
    }

    @Override
    public DeleteAclsResult deleteAcls(
        Collection<AclBindingFilter> filters, DeleteAclsOptions options) {
      if (deletions-- <= 0) {
        throw new DisconnectException("on the way");
      }
      return super.deleteAcls(filters, options);
    }

    @Override
    public DescribeAclsResult describeAcls(AclBindingFilter filter, DescribeAclsOptions options) {
      if (before == null || !repeatsItself) {
        before = super.describeAcls(filter, options);
      }
      return before;
    }
  }

  @Test
  void foreignAclsAreFoundByWhatKafkaCallsAnOperation() throws Exception {
    // Given
    kafka.createTopics(List.of(new NewTopic("__fluss.metadata.found", 1, (short) 1))).all().get();
    AclBinding delete = topicAcl("found.t", PatternType.LITERAL, AclOperation.DELETE);
    AclBinding alter = topicAcl("found.t", PatternType.LITERAL, AclOperation.ALTER);
    AclBinding configs = topicAcl("found.t", PatternType.LITERAL, AclOperation.ALTER_CONFIGS);

    // When
    kafka.createAcls(List.of(delete, alter, configs)).all().get();

    // Then
    await()
        .untilAsserted(
            () -> {
              assertThat(foreign(Operation.DROP)).containsExactly(delete);
              assertThat(foreign(Operation.ALTER)).containsExactlyInAnyOrder(alter, configs);
            });
    assertThat(foreign(Operation.READ)).isEmpty();
  }

  private static List<AclBinding> foreign(Operation operation) {
    return acls.list(new GrantFilter(null, null, null, operation, null)).foreign().stream()
        .map(ForeignAcl::binding)
        .toList();
  }

  @Test
  void whoMayNotManageRightsIsToldWhichRightHeLacks() {
    try (Admin tims = Admin.create(broker.clientProperties("tim"))) {
      AclAdmin his = new AclAdmin(config(broker.clientProperties("tim")), tims, BY_NAME);

      assertThatThrownBy(() -> his.add(Grant.allow(SHOP, TIM, Operation.READ)))
          .isInstanceOf(AccessRefusedException.class)
          .hasMessageContaining("User:tim has no right to ALL on 'cluster'")
          .hasMessageContaining("CALL sys.add_acl(resource => 'cluster', ");
      assertThatThrownBy(() -> his.list(GrantFilter.ANY))
          .isInstanceOf(AccessRefusedException.class)
          .hasMessageContaining("User:tim has no right to DESCRIBE on 'cluster'");

      // When
      acls.add(Grant.allow(AclResource.cluster(), TIM, Operation.DESCRIBE));

      // Then
      await().untilAsserted(() -> assertThat(his.list(GrantFilter.ANY).grants()).hasSize(1));

      // When
      acls.add(Grant.allow(AclResource.cluster(), TIM, Operation.ALL));

      // Then
      await()
          .ignoreExceptions()
          .until(
              () -> {
                his.add(Grant.allow(SHOP, TIM, Operation.READ));
                return true;
              });
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void whoIsDeniedSomethingOnTheClusterManagesNoRights(Operation denied) throws Exception {
    try (Admin tims = Admin.create(broker.clientProperties("tim"))) {
      // Given
      AclAdmin his = new AclAdmin(config(broker.clientProperties("tim")), tims, BY_NAME);
      Grant deny = new Grant(AclResource.cluster(), Permission.DENY, TIM, denied, Grant.ANY_HOST);
      Grant all = Grant.allow(AclResource.cluster(), TIM, Operation.ALL);
      acls.add(all);
      awaitAllowed(() -> his.add(Grant.allow(SHOP, TIM, Operation.READ)));

      // When
      acls.add(deny);

      // Then
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> his.add(Grant.allow(ORDERS, TIM, Operation.ALL)))
                      .isInstanceOf(AccessRefusedException.class));
      assertThatThrownBy(() -> tims.deleteAcls(List.of(AclBindingFilter.ANY)).all().get())
          .hasCauseInstanceOf(ClusterAuthorizationException.class);
      if (denied == Operation.DESCRIBE || denied == Operation.ALL) {
        assertThatThrownBy(() -> his.list(GrantFilter.ANY))
            .isInstanceOf(AccessRefusedException.class);
      } else {
        assertThat(his.list(GrantFilter.ANY).grants()).hasSize(3);
      }
      if (denied == Operation.CREATE || denied == Operation.ALL) {
        kafka.createAcls(List.of(clusterAcl(AclOperation.CREATE))).all().get();
        assertThatThrownBy(
                () -> tims.createTopics(List.of(new NewTopic("his", 1, (short) 1))).all().get())
            .hasCauseInstanceOf(TopicAuthorizationException.class);
      }
      assertThat(grants()).contains(all, deny);

      // When
      acls.drop(GrantFilter.of(deny));

      // Then
      awaitAllowed(() -> his.add(Grant.allow(ORDERS, TIM, Operation.ALL)));
    }
  }

  @Test
  void whoDropsHisOwnRightToManageRightsDropsAllOfIt() throws Exception {
    try (Admin tims = Admin.create(broker.clientProperties("tim"))) {
      // Given
      AclAdmin his = new AclAdmin(config(broker.clientProperties("tim")), tims, BY_NAME);
      Grant all = Grant.allow(AclResource.cluster(), TIM, Operation.ALL);
      Grant anothers = Grant.allow(SHOP, Principal.user("else"), Operation.READ);
      acls.add(all);
      acls.add(anothers);
      awaitAllowed(() -> his.add(Grant.allow(SHOP, TIM, Operation.READ)));

      // When
      List<Grant> dropped = his.drop(new GrantFilter(null, null, TIM, null, null));

      // Then
      assertThat(dropped).containsExactly(all, Grant.allow(SHOP, TIM, Operation.READ));
      await()
          .untilAsserted(
              () -> assertThat(bindings()).isEqualTo(GrantList.needs(List.of(anothers).stream())));
      assertThatThrownBy(() -> his.drop(GrantFilter.ANY))
          .isInstanceOf(AccessRefusedException.class);
    }
  }

  @Test
  void whoDeniesHimselfToManageRightsIsNotToldThatItFailed() {
    try (Admin tims = Admin.create(broker.clientProperties("tim"))) {
      // Given
      AclAdmin his = new AclAdmin(config(broker.clientProperties("tim")), tims, BY_NAME);
      Grant deny =
          new Grant(AclResource.cluster(), Permission.DENY, TIM, Operation.ALL, Grant.ANY_HOST);
      acls.add(Grant.allow(AclResource.cluster(), TIM, Operation.ALL));
      awaitAllowed(() -> his.add(Grant.allow(SHOP, TIM, Operation.READ)));

      // When
      his.add(deny);

      // Then
      assertThat(acls.list(GrantFilter.of(deny)).grants())
          .singleElement()
          .satisfies(listed -> assertThat(listed.missing()).isEmpty());
    }
  }

  @Test
  void aHostInAnotherFormIsThatHost() {
    try (Admin tims = Admin.create(broker.clientProperties("tim"))) {
      // Given
      AclAdmin his = new AclAdmin(config(broker.clientProperties("tim")), tims, BY_NAME);

      // When
      acls.add(
          new Grant(
              AclResource.cluster(), Permission.ALLOW, TIM, Operation.DESCRIBE, "::ffff:7f00:1"));

      // Then
      awaitAllowed(() -> his.list(GrantFilter.ANY));
    }
  }

  private static void awaitAllowed(Runnable action) {
    await()
        .ignoreException(AccessRefusedException.class)
        .until(
            () -> {
              action.run();
              return true;
            });
  }

  private static AclBinding clusterAcl(AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL),
        new AccessControlEntry("User:tim", "*", operation, AclPermissionType.ALLOW));
  }

  @Test
  void aClusterWithoutAuthorizerSaysSo() {
    try (Admin open = Admin.create(SharedKafka.kafka().adminProperties())) {
      AclAdmin its = new AclAdmin(config(SharedKafka.kafka().adminProperties()), open, BY_NAME);

      assertThatThrownBy(() -> its.add(Grant.allow(SHOP, TIM, Operation.READ)))
          .isInstanceOf(FlussException.class)
          .hasMessageContaining("no authorizer is configured")
          .hasMessageContaining("authorizer.class.name");
      assertThatThrownBy(() -> its.list(GrantFilter.ANY))
          .hasMessageContaining("no authorizer is configured");
      assertThatThrownBy(() -> its.drop(GrantFilter.ANY))
          .hasMessageContaining("no authorizer is configured");
    }
  }

  private static AclBinding lastOf(Grant grant) {
    List<AclBinding> own = new ArrayList<>(GrantBindings.of(grant));
    return own.get(own.size() - 1);
  }

  private static GrantFilter randomFilter(Random random, Grant grant) {
    return new GrantFilter(
        random.nextInt(4) == 0 ? null : grant.resource(),
        random.nextInt(3) == 0 ? null : grant.permission(),
        random.nextInt(3) == 0 ? null : grant.principal(),
        random.nextInt(2) == 0 ? null : grant.operation(),
        random.nextInt(2) == 0 ? null : grant.host());
  }

  /** Of two users, on all levels, with neighbours whose names are alike. */
  private static List<Grant> allGrants() {
    List<Grant> all = new ArrayList<>();
    for (AclResource resource :
        List.of(
            AclResource.cluster(),
            SHOP,
            AclResource.database("shop2"),
            ORDERS,
            AclResource.table(TablePath.of("shop", "orders_eu")),
            AclResource.table(TablePath.of("shop", "READ")))) {
      for (Operation operation : Operation.values()) {
        for (Permission permission : Permission.values()) {
          for (String user : List.of("tim", "a.b:c")) {
            for (String host : List.of("*", "10.0.0.7")) {
              all.add(new Grant(resource, permission, Principal.user(user), operation, host));
            }
          }
        }
      }
    }
    return all;
  }

  private static List<Grant> grants() {
    return acls.list(GrantFilter.ANY).grants().stream().map(ListedGrant::grant).toList();
  }

  private static Set<AclBinding> bindings() throws Exception {
    return new HashSet<>(kafka.describeAcls(AclBindingFilter.ANY).values().get());
  }

  private static AclBinding topicAcl(String name, PatternType type, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, name, type),
        new AccessControlEntry("User:tim", "*", operation, AclPermissionType.ALLOW));
  }

  private static ClientConfig config(Properties properties) {
    return new ClientConfig(
        properties.getProperty("bootstrap.servers"),
        properties.stringPropertyNames().stream()
            .filter(key -> !key.equals("bootstrap.servers"))
            .collect(Collectors.toMap(key -> key, properties::getProperty)));
  }
}
