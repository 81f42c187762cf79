package io.fluss.tiering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fluss.admin.TableDescriptor;
import io.fluss.lake.state.BucketLag;
import io.fluss.lake.state.LakeState;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** Log tables by the whole job. */
class LogTieringTest extends TieringTest {

  private TableInfo create(String name, int buckets) {
    return lake.enable(
        tables,
        tables.createTable(
            TablePath.of(database, name),
            TableDescriptor.builder()
                .column("id", new IntType())
                .column("name", new VarCharType())
                .buckets(buckets)
                .build()));
  }

  private static RowData row(int id) {
    return GenericRowData.of(id, StringData.fromString("n" + id));
  }

  @Test
  void rowsGoToTheLakeAndAreToldOf() {
    // Given
    TableInfo table = create("orders", 2);
    try (LogTableFixture log = LogTableFixture.of(SharedKafka.kafka(), table)) {
      log.write(0, row(1), row(2));
      log.write(1, row(3));
      // When
      start(2);
      // Then
      await()
          .untilAsserted(
              () ->
                  assertThat(lake.rows(table)).containsExactly("1,n1@0/0", "2,n2@0/0", "3,n3@1/0"));
      log.write(0, row(4));
      await()
          .untilAsserted(
              () ->
                  assertThat(lake.rows(table))
                      .containsExactly("1,n1@0/0", "2,n2@0/0", "3,n3@1/0", "4,n4@0/1"));
      await()
          .untilAsserted(
              () -> {
                LakeState state = tables.lakeState(table).orElseThrow();
                assertThat(state.offsets()).isEqualTo(lake.offsets(table));
                assertThat(state.problem()).isEmpty();
              });
      assertThat(tables.lakeLag(table).buckets()).allMatch(b -> b.pending() == 0);
      assertThat(tables.lakeLag(table).buckets())
          .extracting(BucketLag::nextInLake)
          .containsExactly(2L, 1L);
    }
  }

  @Test
  void manyBucketsAndRoundsLoseAndRepeatNothing() {
    // Given
    int buckets = 8;
    int batches = 40;
    TableInfo table = create("many", buckets);
    start(3);
    try (LogTableFixture log = LogTableFixture.of(SharedKafka.kafka(), table)) {
      // When
      for (int i = 0; i < batches; i++) {
        log.write(i % buckets, row(2 * i), row(2 * i + 1));
      }
      // Then
      await().until(() -> lake.rows(table).size() >= 2 * batches);
      assertThat(lake.rows(table).stream().map(r -> r.substring(0, r.indexOf(','))).toList())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 2 * batches).mapToObj(String::valueOf).toList());
    }
  }

  @Test
  void abortedRowsDoNotGoToTheLake() {
    // Given
    TableInfo table = create("aborted", 1);
    try (LogTableFixture log = LogTableFixture.of(SharedKafka.kafka(), table)) {
      log.writeAborted(0, row(1));
      start(1);
      await().until(() -> tables.lakeState(table).filter(s -> s.snapshot().isEmpty()).isPresent());
      // When
      log.writeCommitted(0, row(2));
      // Then
      await().untilAsserted(() -> assertThat(lake.rows(table)).containsExactly("2,n2@0/2"));
      assertThat(lake.hooks().snapshots(table.path())).isEqualTo(1);
    }
  }
}
