package io.fluss.tiering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fluss.admin.TableDescriptor;
import io.fluss.lake.state.LakeState;
import io.fluss.lake.state.TieringProblem;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import io.fluss.tiering.config.TieringOptions;
import java.time.Duration;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.IntType;
import org.junit.jupiter.api.Test;

/** Rows that leave the log: those that the lake has, and those that it has not. */
class GapTest extends TieringTest {

  private TableInfo create(String... options) {
    TableDescriptor.Builder descriptor = TableDescriptor.builder().column("id", new IntType());
    for (int i = 0; i < options.length; i += 2) {
      descriptor.option(options[i], options[i + 1]);
    }
    return lake.enable(tables, tables.createTable(TablePath.of(database, "t"), descriptor.build()));
  }

  private LogTableFixture log(TableInfo table) {
    return closing(LogTableFixture.of(SharedKafka.kafka(), table));
  }

  @Test
  void rowsThatLeftTheLogTooSoonParkTheTable() {
    // Given
    TableInfo table = create();
    LogTableFixture log = log(table);
    log.write(0, GenericRowData.of(1));
    RunningJob first = start(1);
    awaitTiered(table);
    first.close();
    log.write(0, GenericRowData.of(2));
    log.write(0, GenericRowData.of(3));
    log.deleteBefore(0, 2);
    // When
    start(1);
    // Then
    LakeState parked = awaitState(table, s -> s.problem().isPresent());
    assertThat(parked.problem().orElseThrow())
        .isInstanceOf(TieringProblem.Parked.class)
        .satisfies(
            p ->
                assertThat(p.reason())
                    .contains(table.path().toString())
                    .contains("bucket 0 up to offset 1 and its log starts at 2")
                    .contains("CALL sys.resume_tiering"));
    assertThat(lake.rows(table)).containsExactly("1@0/0");
    // When
    tables.resumeTiering(table);
    // Then
    await().untilAsserted(() -> assertThat(lake.rows(table)).containsExactly("1@0/0", "3@0/2"));
    assertThat(awaitState(table, s -> !s.gapAccepted()).problem()).isEmpty();
  }

  @Test
  void rowsThatWereThereBeforeTheLakeAreNoGap() {
    // Given
    TableInfo table = create();
    LogTableFixture log = log(table);
    log.write(0, GenericRowData.of(1));
    log.write(0, GenericRowData.of(2));
    log.deleteBefore(0, 1);
    // When
    start(1);
    awaitTiered(table);
    // Then
    assertThat(lake.rows(table)).containsExactly("2@0/1");
  }

  @Test
  void anEndOfTheLogThatHeldNoRowsIsNoGapWhenItIsGone() {
    // Given: aborted rows, whose end of the log is read and leaves it
    TableInfo table = create();
    LogTableFixture log = log(table);
    log.write(0, GenericRowData.of(1));
    RunningJob first = start(1);
    awaitTiered(table);
    log.writeAborted(0, GenericRowData.of(2));
    await().until(() -> logEnd(table) > 2);
    awaitTiered(table);
    first.close();
    long end = logEnd(table);
    log.deleteBefore(0, end);
    log.write(0, GenericRowData.of(3));
    // When
    start(1);
    awaitTiered(table);
    // Then
    assertThat(lake.rows(table)).containsExactly("1@0/0", "3@0/" + end);
    assertThat(tables.lakeState(table).orElseThrow().problem()).isEmpty();
  }

  @Test
  void aReplacedTopicParksTheTable() {
    // Given
    TableInfo table = create();
    LogTableFixture log = log(table);
    log.write(0, GenericRowData.of(1));
    RunningJob first = start(1);
    awaitTiered(table);
    first.close();
    log.deleteTopic();
    log.createTopicAgain();
    // When
    start(1);
    // Then
    LakeState parked = awaitState(table, s -> s.problem().isPresent());
    assertThat(parked.problem().orElseThrow())
        .isInstanceOf(TieringProblem.Parked.class)
        .satisfies(p -> assertThat(p.reason()).contains("Drop the table"));
  }

  @Test
  void aTableWhoseDataIsDamagedFailsWithTheReason() {
    // Given
    TableInfo table = create();
    LogTableFixture log = log(table);
    log.write(0, GenericRowData.of(1));
    log.writeDamaged(0, 1);
    // When
    start(1);
    // Then
    LakeState failing = awaitState(table, s -> s.problem().isPresent());
    assertThat(failing.problem().orElseThrow())
        .isInstanceOf(TieringProblem.Failing.class)
        .satisfies(p -> assertThat(p.reason()).contains("offset 1").contains("cannot be read"));
    assertThat(lake.rows(table)).isEmpty();
  }

  @Test
  void rowsLeaveTheLogWhenTheyAreInTheLakeAndOldEnough() {
    // Given
    TableInfo table = create(TableOptions.LOG_TTL.key(), "2 s");
    LogTableFixture log = log(table);
    log.write(0, GenericRowData.of(1));
    log.write(0, GenericRowData.of(2));
    lake.hooks()
        .beforeCommit(
            path -> {
              throw new IllegalStateException("not yet");
            });
    start(1);
    awaitState(table, s -> s.problem().isPresent());
    // When
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(10))
        .until(() -> logStart(table) == 0);
    lake.hooks().beforeCommit(path -> {});
    // Then
    await().until(() -> logStart(table) == 2);
    assertThat(lake.rows(table)).containsExactly("1@0/0", "2@0/1");
    // When
    log.write(0, GenericRowData.of(3));
    awaitTiered(table);
    // Then
    await().until(() -> logStart(table) == 3);
    assertThat(lake.rows(table)).containsExactly("1@0/0", "2@0/1", "3@0/2");
  }

  private long logEnd(TableInfo table) {
    return tables.lakeLag(table).buckets().get(0).logEnd();
  }

  private long logStart(TableInfo table) {
    return tables.lakeLag(table).buckets().get(0).logStart();
  }

  @Test
  void aLogTableRoundIsCutByItsBytesToo() {
    // Given
    TableInfo table = create();
    LogTableFixture log = log(table);
    Random random = new Random(5);
    for (int i = 0; i < 20; i++) {
      log.write(0, random.ints(2_000).<RowData>mapToObj(GenericRowData::of).toList());
    }
    Configuration options = new Configuration();
    options.set(TieringOptions.POLL_INTERVAL, Duration.ofMillis(50));
    options.set(TieringOptions.MAX_ROUND_BYTES, new MemorySize(1));
    // When
    start(lake.config(client, options), 1);
    awaitTiered(table);
    // Then
    assertThat(lake.rows(table)).hasSize(40_000);
    assertThat(lake.hooks().snapshots(table.path())).isGreaterThan(1);
  }
}
