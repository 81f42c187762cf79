package io.fluss.acl.kafka;

import io.fluss.FlussException;
import io.fluss.acl.AccessRefusedException;
import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.acl.GrantFilter;
import io.fluss.acl.MissingRight;
import io.fluss.acl.Operation;
import io.fluss.kafka.Backoff;
import io.fluss.kafka.ClientConfig;
import io.fluss.kafka.KafkaFutures;
import io.fluss.table.TablePath;
import io.fluss.topic.TopicNames;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.flink.api.common.time.Deadline;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Adds, drops and lists grants, which are kept as Kafka's ACLs and nowhere else.
 *
 * <p><b>Kafka has what all grants need together, and what others have made.</b> Dropping takes away
 * what the grant needed and no other grant does. The argument, also for several clients at once:
 *
 * <ul>
 *   <li>A grant exists while its marker does. It is added with its marker in one request; it is
 *       dropped marker last, so whoever is interrupted leaves a grant that is listed as incomplete.
 *       Both can be repeated. With the marker go the ACLs on Kafka's cluster, in one request, which
 *       Kafka allows or refuses as a whole: before, they are needed to drop the others.
 *   <li>Who drops a grant while another adds one may take away ACLs that the other relies on; two
 *       who drop may each leave what the other's grant needs. So whoever dropped waits for an
 *       answer of a broker that knows of it, hence of all that was before, and makes its own
 *       grant's ACLs agree with the markers in that answer; again, until they do. Of several, the
 *       one whose change was last sees those of all. Only who drops his own right to look cannot;
 *       if another added a grant with the same ACLs on Kafka's cluster in that moment, it is listed
 *       as incomplete.
 *   <li>A grant on a table is kept under the name of the table's topic, which stays when the table
 *       is renamed: see {@link GrantedTables}. Below, <em>kept</em> means so, <em>shown</em> by the
 *       name that the table has.
 * </ul>
 *
 * <p>Brokers learn of a change within moments; {@link #add} and {@link #drop} return when one of
 * them has. Thread-safe. The admin client stays with the caller.
 */
public final class AclAdmin {

  private static final Duration BROKER_DELAY = Duration.ofSeconds(5);
  private static final int SHOWN_ACLS = 3;

  /** Others may change what was just settled; hardly more than once or twice. */
  private static final int MOST_ROUNDS = 20;

  private final ClientConfig client;
  private final Admin admin;
  private final GrantedTables tables;

  /**
   * @param client how {@code admin} reaches the cluster
   */
  public AclAdmin(ClientConfig client, Admin admin, GrantedTables tables) {
    this.client = client;
    this.admin = admin;
    this.tables = tables;
  }

  /**
   * Adds a grant; does nothing where it is there already, and completes it where it is there in
   * part.
   *
   * @throws AccessRefusedException where this client may not manage grants
   * @throws FlussException where the table cannot be named in a grant, the cluster has no
   *     authorizer, or did not take all of it
   */
  public void add(Grant grant) {
    Set<AclBinding> needed = GrantBindings.of(kept(grant));
    create("Grant [" + grant + "] cannot be added", needed);
    try {
      awaitBindings(now -> now.containsAll(needed));
    } catch (AccessRefusedException e) {
      // It is there: who may not look any more has just been denied it, or never might.
    }
  }

  private Grant kept(Grant grant) {
    return grant.resource() instanceof AclResource.Table table
        ? grant.on(AclResource.table(tables.topicOf(table.path())))
        : grant;
  }

  /**
   * Drops all grants that match. Tables of databases that this client may not see have the names of
   * their topics.
   *
   * @return those that were there, in their order
   * @throws AccessRefusedException where this client may not manage grants
   * @throws FlussException where the cluster has no authorizer, some of their ACLs are still there,
   *     or brokers have not learnt of it in time; it can be repeated
   */
  public List<Grant> drop(GrantFilter filter) {
    List<Grant> all = grants(bindings());
    Shown names = shown();
    List<Grant> dropped =
        all.stream()
            .filter(filter.onAnything()::matches)
            .filter(g -> isOn(filter.resource(), g, names))
            .toList();
    if (!dropped.isEmpty()) {
      drop(dropped, all);
    }
    return dropped.stream().map(names::of).sorted(Grant.ORDER).toList();
  }

  /** What tables are called is looked up only where a table is meant. */
  private static boolean isOn(@Nullable AclResource wanted, Grant kept, Shown names) {
    return wanted == null
        || wanted.equals(
            wanted instanceof AclResource.Table ? names.of(kept).resource() : kept.resource());
  }

  private void drop(List<Grant> dropped, List<Grant> all) {
    Set<AclBinding> markers =
        dropped.stream().map(GrantMarker::of).collect(Collectors.toUnmodifiableSet());
    Set<AclBinding> own = GrantList.needs(dropped.stream());
    Set<AclBinding> unneeded =
        GrantList.minus(own, GrantList.needs(all.stream().filter(g -> !dropped.contains(g))));
    Set<AclBinding> last = new HashSet<>(markers);
    unneeded.stream().filter(AclAdmin::isOnCluster).forEach(last::add);
    delete(GrantList.minus(unneeded, last));
    delete(last);
    try {
      Set<AclBinding> now = awaitBindings(n -> Collections.disjoint(n, markers));
      if (!Collections.disjoint(now, markers)) {
        // Settled by an answer from before, all of it might be brought back.
        throw new FlussException(
            "Grants "
                + dropped
                + " are dropped, but brokers have not learnt of it within "
                + BROKER_DELAY.toSeconds()
                + " s, or somebody has added them again. Drop them once more.");
      }
      settle(own, now);
    } catch (AccessRefusedException e) {
      if (last.equals(markers)) {
        throw e;
      }
      // All is dropped, the right to look too.
    }
  }

  private static boolean isOnCluster(AclBinding binding) {
    return binding.pattern().resourceType() == ResourceType.CLUSTER;
  }

  /**
   * Makes right what others have added and dropped meanwhile: of the ACLs that dropped grants had,
   * those are there that grants need, and no others.
   */
  private void settle(Set<AclBinding> own, Set<AclBinding> found) {
    Set<AclBinding> now = found;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Set<AclBinding> needed = GrantList.needs(grants(now).stream());
      needed.retainAll(own);
      Set<AclBinding> lost = GrantList.minus(needed, now);
      Set<AclBinding> excess = GrantList.minus(own, needed);
      excess.retainAll(now);
      if (lost.isEmpty() && excess.isEmpty()) {
        return;
      }
      if (!lost.isEmpty()) {
        create("What was added meanwhile cannot be brought back", lost);
      }
      delete(excess);
      now = awaitBindings(n -> n.containsAll(lost) && Collections.disjoint(n, excess));
    }
  }

  /**
   * The grants that match, and foreign ACLs that do. Tables of databases that this client may not
   * see have the names of their topics.
   *
   * @throws AccessRefusedException where this client may not see grants
   * @throws FlussException where the cluster has no authorizer
   */
  public GrantList list(GrantFilter filter) {
    return shown().of(GrantList.of(bindings(), databases())).matching(filter);
  }

  private Set<String> databases() {
    try {
      return KafkaFutures.await(admin.listTopics().names()).stream()
          .map(TopicNames::databaseOf)
          .flatMap(Optional::stream)
          .collect(Collectors.toSet());
    } catch (KafkaException e) {
      throw refused("Grants cannot be listed", Operation.DESCRIBE, e);
    }
  }

  /** Tables have the names of their topics where this client may not read what they are called. */
  private Shown shown() {
    Function<TablePath, Optional<TablePath>> names = tables.current();
    Set<String> hidden = new HashSet<>();
    return new Shown(
        topic -> {
          if (hidden.contains(topic.database())) {
            return Optional.of(topic);
          }
          try {
            return names.apply(topic);
          } catch (AccessRefusedException e) {
            hidden.add(topic.database());
            return Optional.of(topic);
          }
        });
  }

  private static List<Grant> grants(Set<AclBinding> bindings) {
    return GrantList.of(bindings, Set.of()).grants().stream().map(ListedGrant::grant).toList();
  }

  private Set<AclBinding> bindings() {
    try {
      return new HashSet<>(KafkaFutures.await(admin.describeAcls(AclBindingFilter.ANY).values()));
    } catch (KafkaException e) {
      throw refused("Grants cannot be listed", Operation.DESCRIBE, e);
    }
  }

  /** What a broker has as soon as it looks so; its last answer where it does not in time. */
  private Set<AclBinding> awaitBindings(Predicate<Set<AclBinding>> wanted) {
    Deadline deadline = Deadline.fromNow(BROKER_DELAY);
    Backoff backoff = new Backoff();
    while (true) {
      Set<AclBinding> now = bindings();
      if (wanted.test(now) || deadline.isOverdue()) {
        return now;
      }
      backoff.pause();
    }
  }

  private void create(String failed, Set<AclBinding> wanted) {
    require(failed, wanted.size(), failures(admin.createAcls(wanted).values()));
  }

  private void delete(Set<AclBinding> unwanted) {
    if (unwanted.isEmpty()) {
      return;
    }
    Map<AclBindingFilter, AclBinding> byFilter =
        unwanted.stream().collect(Collectors.toMap(AclBinding::toFilter, b -> b));
    Map<AclBinding, KafkaFuture<?>> answers =
        admin.deleteAcls(byFilter.keySet()).values().entrySet().stream()
            .collect(Collectors.toMap(e -> byFilter.get(e.getKey()), Map.Entry::getValue));
    require("What was found cannot be dropped", unwanted.size(), failures(answers));
  }

  private static Map<String, KafkaException> failures(
      Map<AclBinding, ? extends KafkaFuture<?>> answers) {
    Map<String, KafkaException> failures = new TreeMap<>();
    answers.forEach(
        (binding, answer) -> {
          try {
            KafkaFutures.await(answer);
          } catch (InterruptException e) {
            throw e;
          } catch (KafkaException e) {
            failures.put(binding.toString(), e);
          }
        });
    return failures;
  }

  private void require(String failed, int all, Map<String, KafkaException> failures) {
    if (failures.isEmpty()) {
      return;
    }
    KafkaException first = failures.values().iterator().next();
    if (failures.size() == all) {
      throw refused(failed, Operation.ALL, first);
    }
    throw new FlussException(
        failed
            + " as a whole: Kafka refuses "
            + failures.size()
            + " of its "
            + all
            + " ACLs, among them "
            + failures.keySet().stream().limit(SHOWN_ACLS).toList()
            + ": "
            + first.getMessage()
            + " The others are done; do it again for the rest.",
        first);
  }

  private RuntimeException refused(String failed, Operation needed, KafkaException e) {
    if (e instanceof InterruptException) {
      return e;
    }
    if (e instanceof SecurityDisabledException) {
      return new FlussException(
          failed
              + ": no authorizer is configured. Kafka at '"
              + client.bootstrapServers()
              + "' lets everybody do everything; set 'authorizer.class.name' on its brokers and"
              + " controllers.",
          e);
    }
    if (e instanceof ClusterAuthorizationException) {
      return new AccessRefusedException(
          failed, MissingRight.of(client, needed, AclResource.cluster()), e);
    }
    return new FlussException(failed + ": " + client.explain(e), e);
  }
}
