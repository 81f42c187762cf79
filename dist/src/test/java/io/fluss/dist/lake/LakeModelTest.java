package io.fluss.dist.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableAdmin;
import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeConflictException;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.state.LakeState;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.lake.LakeFaults;
import io.fluss.testkit.lake.LakeFaults.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables of all kinds are written and queried at random while two tiering jobs fail, die and sleep
 * at every step of a commit, and partitions are dropped and created again.
 *
 * <p>At every moment the lake has the rows that the log had up to the lake's offsets, lake and log
 * together those of the whole log, and what the lake has of the log, by its own account and by what
 * is recorded of it, never gets less.
 */
class LakeModelTest {

  private static final Logger LOG = LoggerFactory.getLogger(LakeModelTest.class);

  /** Another seed than the usual ones, which the name of a test says. */
  private static final String SEED_PROPERTY = "fluss.lake-model.seed";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Some more than tiering waits for a topic that is gone. */
  private static final Duration PARTITION_PATIENCE = Duration.ofSeconds(100);

  private static EmbeddedFlink flink;

  @TempDir static Path warehouses;

  private final String database = SharedKafka.uniqueDatabase();
  private final LakeFaults faults = LakeFaults.of(database);
  private final TableAdmin admin =
      TableAdmin.connect(new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of()));
  private final Producer<byte[], byte[]> producer =
      new KafkaProducer<>(
          SharedKafka.kafka().adminProperties(),
          new ByteArraySerializer(),
          new ByteArraySerializer());
  private final Map<ModelTable, ModelWriter> tables = new LinkedHashMap<>();
  private final List<HeldCommit> held = new ArrayList<>();
  private final Set<String> createdAgain = new HashSet<>();
  private final Map<String, LakeState> recorded = new HashMap<>();
  private ModelLake lake;
  private ModelJobs jobs;
  private ModelQueries queries;
  private Random random;

  @BeforeAll
  static void startFlink() throws Exception {
    flink = EmbeddedFlink.start(Map.of("restart-strategy.type", "none"));
  }

  @AfterAll
  static void stopFlink() {
    flink.close();
  }

  @AfterEach
  void end() throws Exception {
    faults.clear();
    held.forEach(HeldCommit::bury);
    jobs.end();
    producer.close();
    admin.close();
  }

  /**
   * Those that end jobs come first: a job counts anew for how long it has missed the topic of a
   * partition.
   */
  private enum Incident {
    NONE,
    PARTITIONS_ARE_CREATED_AGAIN,
    KILLED_BEFORE_COMMIT,
    KILLED_AFTER_COMMIT,
    KILLED_BEFORE_MAINTENANCE,
    COMMITS_AFTER_A_SLEEP,
    RECORDS_AFTER_A_SLEEP,
    MAINTAINS_AFTER_A_SLEEP,
    JOB_IS_RESTARTED,
    WRITER_FAILS,
    FAILS_BEFORE_COMMIT,
    FAILS_AFTER_COMMIT
  }

  @ParameterizedTest
  @CsvSource({"faulty-paimon, 1", "faulty-iceberg, 2"})
  void lakeAndLogAreOneTableWhateverHappens(String format, long usualSeed) throws Exception {
    // Given
    long seed = Long.getLong(SEED_PROPERTY, usualSeed);
    begin(format, seed);

    for (Incident incident : incidents(seed)) {
      // When
      write();
      checkLakes(incident);
      happen(incident);
      write();
      checkLakes(incident);
      checkUnion(incident);
      faults.clear();

      // Then
      awaitTiered(topic -> !createdAgain.contains(topic.id()), PATIENCE);
      checkLakes(incident);
    }

    // When
    awaitTiered(topic -> true, PARTITION_PATIENCE);
    write();

    // Then
    checkUnion(Incident.PARTITIONS_ARE_CREATED_AGAIN);
    awaitTiered(topic -> true, PATIENCE);
    checkLakes(Incident.PARTITIONS_ARE_CREATED_AGAIN);
    checkUnion(Incident.PARTITIONS_ARE_CREATED_AGAIN);
    compare("the lake alone", queries.lakeAlone(tables.keySet()), ModelLog::lakeRows);
  }

  /** As they have to follow each other, and else at random. */
  private List<Incident> incidents(long seed) {
    List<Incident> all = new ArrayList<>(List.of(Incident.values()));
    int endingJobs = Incident.PARTITIONS_ARE_CREATED_AGAIN.ordinal() + 1;
    int others = Incident.WRITER_FAILS.ordinal();
    Collections.shuffle(all.subList(endingJobs, others), random);
    Collections.shuffle(all.subList(others, all.size()), random);
    LOG.info("Seed {} ({}): {}", seed, SEED_PROPERTY, all);
    return all;
  }

  private void begin(String format, long seed) throws Exception {
    random = new Random(seed);
    lake = new ModelLake(format, warehouses.resolve(database).toUri().toString());
    queries = new ModelQueries(flink, lake, database);
    for (ModelTable table : ModelTable.all()) {
      queries.create(table);
      tables.put(
          table,
          new ModelWriter(table, TablePath.of(database, table.name()), admin, producer, random));
    }
    jobs = new ModelJobs(flink, lake);
  }

  private void write() {
    for (ModelWriter table : tables.values()) {
      for (int i = random.nextInt(3); i > 0; i--) {
        table.write();
      }
    }
  }

  // --------------------------------------------------------------------------------- incidents

  private void happen(Incident incident) throws Exception {
    switch (incident) {
      case NONE -> {
        // a quiet round
      }
      case PARTITIONS_ARE_CREATED_AGAIN -> createPartitionsAgain();
      case WRITER_FAILS -> failTwiceAt(Step.FINISH);
      case FAILS_BEFORE_COMMIT -> failTwiceAt(Step.BEFORE_COMMIT);
      case FAILS_AFTER_COMMIT -> failTwiceAt(Step.AFTER_COMMIT);
      case JOB_IS_RESTARTED -> jobs.restart(random.nextInt(2));
      case KILLED_BEFORE_COMMIT -> holdACommit(Step.BEFORE_COMMIT);
      case KILLED_AFTER_COMMIT -> holdACommit(Step.AFTER_COMMIT);
      case KILLED_BEFORE_MAINTENANCE -> holdACommit(Step.MAINTENANCE);
      case COMMITS_AFTER_A_SLEEP -> {
        HeldCommit sleeper = holdACommit(Step.BEFORE_COMMIT);
        wakeLate(sleeper);
        assertThat(sleeper.refusal(PATIENCE))
            .get(InstanceOfAssertFactories.THROWABLE)
            .isInstanceOf(LakeConflictException.class);
      }
      case RECORDS_AFTER_A_SLEEP -> wakeLate(holdACommit(Step.AFTER_COMMIT));
      case MAINTAINS_AFTER_A_SLEEP -> wakeLate(holdACommit(Step.MAINTENANCE));
    }
  }

  /** And others are dropped for good. */
  private void createPartitionsAgain() {
    for (ModelWriter table : tables.values()) {
      if (table.log().table().isPartitioned()) {
        table.drop();
        createdAgain.add(table.createAgain().id());
      }
    }
  }

  private void failTwiceAt(Step step) {
    AtomicInteger left = new AtomicInteger(2);
    faults.at(
        step,
        table -> {
          if (left.getAndDecrement() > 0) {
            throw new IllegalStateException("Planned failure at " + step + " of " + table);
          }
        });
  }

  /** A commit comes to this step and no further; its job is replaced. */
  private HeldCommit holdACommit(Step step) throws Exception {
    HeldCommit commit = new HeldCommit();
    held.add(commit);
    faults.tell(commit);
    faults.at(step, commit);
    while (commit.table().isEmpty()) {
      write();
    }
    jobs.replaceAll();
    return commit;
  }

  /** Wakes it when others have gone on with its table. */
  private void wakeLate(HeldCommit sleeper) throws Exception {
    TablePath path = sleeper.table().orElseThrow();
    ModelWriter table =
        tables.values().stream()
            .filter(t -> t.table().path().equals(path))
            .findFirst()
            .orElseThrow();
    Optional<LakeSnapshot> before = lake.newest(table.table());
    awaitOf(table, PATIENCE, t -> !createdAgain.contains(t.id()));
    while (lake.newest(table.table()).equals(before)) {
      // What goes to a partition that was created again is not tiered yet.
      table.write();
      awaitOf(table, PATIENCE, t -> !createdAgain.contains(t.id()));
    }
    sleeper.wake();
  }

  // ------------------------------------------------------------------------------------ checks

  /** The lake has what the log had up to the offsets that it says. */
  private void checkLakes(Incident incident) {
    for (ModelWriter table : tables.values()) {
      checkLake(table, incident);
      checkRecorded(table);
    }
  }

  private void checkLake(ModelWriter table, Incident incident) {
    Optional<LakeSnapshot> newest = lake.newest(table.table());
    newest.ifPresent(
        snapshot -> {
          table.log().seen(snapshot.offsets());
          assertThat(lake.rows(table.table(), snapshot))
              .as("lake table %s at %s, %s", table.table().path(), snapshot, incident)
              .isEqualTo(table.log().lakeRows());
        });
  }

  /** What is recorded of the lake never gets less either. */
  private void checkRecorded(ModelWriter table) {
    admin
        .lakeState(table.table())
        .ifPresent(
            state -> {
              LakeState before = recorded.put(table.log().table().name(), state);
              if (before != null) {
                assertThat(before.offsets().topics())
                    .as("recorded of table %s", table.table().path())
                    .noneMatch(state.offsets()::isBehind);
              }
            });
  }

  /** Lake and log have what the log had, in batch and in streaming mode. */
  private void checkUnion(Incident incident) throws Exception {
    List<List<Long>> before = inLakeOfGone();
    Map<String, List<String>> batch = queries.batch(tables.keySet());
    Map<String, List<String>> streaming = queries.streaming(tables.keySet());
    if (!before.equals(inLakeOfGone())) {
      // A round that had begun before a partition was dropped came in between.
      checkUnion(incident);
      return;
    }
    compare("lake and log, " + incident, batch, ModelLog::unionRows);
    compare("lake and log, streaming, " + incident, streaming, ModelLog::streamedRows);
  }

  private List<List<Long>> inLakeOfGone() {
    return tables.values().stream()
        .map(
            t -> {
              lake.newest(t.table()).ifPresent(s -> t.log().seen(s.offsets()));
              return t.log().inLakeOfGone();
            })
        .toList();
  }

  private void compare(
      String what, Map<String, List<String>> found, Function<ModelLog, List<String>> expected) {
    tables.forEach(
        (table, writer) ->
            assertThat(found.get(table.name()))
                .as("table %s, %s", table.name(), what)
                .isEqualTo(expected.apply(writer.log())));
  }

  private void awaitTiered(Predicate<ModelLog.Topic> which, Duration patience) {
    tables.values().forEach(table -> awaitOf(table, patience, which));
  }

  private void awaitOf(ModelWriter table, Duration patience, Predicate<ModelLog.Topic> which) {
    Awaitility.await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              Optional<LakeState> state = admin.lakeState(table.table());
              assertThat(table.log().hasAll(state.map(LakeState::offsets).orElseThrow(), which))
                  .as("table %s is tiered; %s", table.table().path(), state)
                  .isTrue();
            });
  }
}
