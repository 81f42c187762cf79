package io.fluss.tiering;

import static org.awaitility.Awaitility.await;

import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.state.LakeState;
import io.fluss.table.TableInfo;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.TableFixture;
import io.fluss.tiering.config.TieringConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster, a lake and a database for each test, and jobs that end with it. */
abstract class TieringTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  final ClientConfig client = new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of());
  final String database = SharedKafka.uniqueDatabase();
  final Lake lake = new Lake();

  private final List<AutoCloseable> resources = new ArrayList<>();
  private final Set<String> databases = new HashSet<>();
  TableAdmin tables;

  @BeforeEach
  void open() {
    tables = TableAdmin.connect(client);
    tables.createDatabase(database, null, Map.of());
    databases.add(database);
  }

  @AfterEach
  void close() throws Exception {
    for (int i = resources.size() - 1; i >= 0; i--) {
      resources.get(i).close();
    }
    // A job takes all tables that it sees, also those of other tests.
    databases.forEach(tables::dropDatabaseWithTables);
    tables.close();
  }

  /** As {@link #closing}, and its table goes when the test ends. */
  <T extends TableFixture> T dropping(T fixture) {
    databases.add(fixture.table().path().database());
    return closing(fixture);
  }

  /** Closed when the test ends, before what came earlier. */
  <T extends AutoCloseable> T closing(T resource) {
    resources.add(resource);
    return resource;
  }

  RunningJob start(int parallelism) {
    return start(lake.config(client), parallelism);
  }

  RunningJob start(TieringConfig config, int parallelism) {
    return closing(RunningJob.start(config, parallelism));
  }

  /** Waits until so much is recorded. */
  LakeState awaitState(TableInfo table, Predicate<LakeState> wanted) {
    return await()
        .until(() -> tables.lakeState(table), s -> s.filter(wanted).isPresent())
        .orElseThrow();
  }

  /** Waits until the lake has all that the log has now, and until that is recorded. */
  void awaitTiered(TableInfo table) {
    await().until(() -> tables.lakeLag(table).buckets().stream().allMatch(b -> b.pending() == 0));
  }
}
