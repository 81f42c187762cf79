package io.fluss.tiering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fluss.admin.TableDescriptor;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeUpserter;
import io.fluss.lake.TopicOffsets;
import io.fluss.lake.state.TieringProblem;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.partition.PartitionedTableFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Partitioned tables by the whole job. */
class PartitionedTieringTest extends TieringTest {

  private static TableDescriptor.Builder descriptor() {
    return TableDescriptor.builder()
        .column("id", new IntType(false))
        .column("dt", new VarCharType(false, VarCharType.MAX_LENGTH))
        .partitionKeys(List.of("dt"))
        .buckets(2);
  }

  private PartitionedTableFixture create(TableDescriptor descriptor) {
    return dropping(PartitionedTableFixture.create(SharedKafka.kafka(), descriptor));
  }

  private static RowData row(int id, String dt) {
    return GenericRowData.of(id, StringData.fromString(dt));
  }

  @Test
  void partitionsComeAndGo() {
    // Given
    PartitionedTableFixture log = create(descriptor().build());
    TableInfo table = lake.enable(tables, log.table());
    log.append(0, row(1, "a"));
    start(2);
    awaitTiered(table);
    // When
    Partition b = log.add("b");
    log.append(1, row(2, "b"));
    log.append(0, row(3, "a"));
    await().until(() -> lake.rows(table).size() == 3);
    log.drop("a");
    log.append(1, row(4, "b"));
    awaitTiered(table);
    // Then
    assertThat(lake.rows(table)).containsExactly("1,a@0/0", "2,b@1/0", "3,a@0/1", "4,b@1/1");
    assertThat(lake.offsets(table).topic(b.topicId()).map(TopicOffsets::next))
        .contains(List.of(0L, 2L));
    assertThat(lake.offsets(table).of(PartitionName.of("a")))
        .as("a topic is not forgotten as soon as one broker does not know it")
        .hasSize(1);
  }

  @Test
  void offsetsTellThatAPartitionWasThereBefore() {
    // Given
    PartitionedTableFixture log = create(descriptor().primaryKey(List.of("id", "dt")).build());
    TableInfo table = lake.enable(tables, log.table());
    lake.storage().createTable(table);
    LakeBucket former = new LakeBucket(PartitionName.of("a"), 0);
    try (LakeUpserter upserter = lake.storage().upserter(table, former, Path.of("."))) {
      upserter.upsert(row(1, "a"), 0, 0);
      lake.storage()
          .committer(table)
          .commit(List.of(upserter.finish()), LakeOffsets.NONE, new LakeOffsets(List.of()));
    }
    // When
    log.upsert(row(2, "a"), row(2, "b"));
    start(1);
    awaitTiered(table);
    log.upsert(row(3, "a"));
    awaitTiered(table);
    // Then
    LakeOffsets offsets = lake.offsets(table);
    assertThat(offsets.of(PartitionName.of("a")))
        .singleElement()
        .matches(TopicOffsets::hasFormerRows);
    assertThat(offsets.of(PartitionName.of("b")))
        .singleElement()
        .matches(topic -> !topic.hasFormerRows());
  }

  @Test
  void rowsThatLeaveANewPartitionBeforeItIsTieredParkTheTable() throws Exception {
    // Given
    PartitionedTableFixture log = create(descriptor().build());
    TableInfo table = lake.enable(tables, log.table());
    log.append(0, row(1, "a"));
    RunningJob first = start(1);
    awaitTiered(table);
    first.close();
    Partition b = log.add("b");
    log.append(1, row(2, "b"));
    log.append(1, row(3, "b"));
    try (Admin kafka = Admin.create(client.toKafka())) {
      TopicPartition bucket = new TopicPartition(b.topic(), 1);
      kafka.deleteRecords(Map.of(bucket, RecordsToDelete.beforeOffset(1))).all().get();
    }
    // When
    start(1);
    // Then
    TieringProblem problem =
        awaitState(table, s -> s.problem().isPresent()).problem().orElseThrow();
    assertThat(problem).isInstanceOf(TieringProblem.Parked.class);
    assertThat(problem.reason()).contains("up to offset 0 and its log starts at 1");
    // When
    tables.resumeTiering(table);
    // Then
    await().untilAsserted(() -> assertThat(lake.rows(table)).containsExactly("1,a@0/0", "3,b@1/1"));
  }

  @Test
  void partitionsOfPrimaryKeyTablesAreFoldedEach() {
    // Given
    PartitionedTableFixture log = create(descriptor().primaryKey(List.of("id", "dt")).build());
    TableInfo table = lake.enable(tables, log.table());
    log.upsert(row(1, "a"), row(1, "b"), row(2, "a"));
    start(2);
    awaitTiered(table);
    // When
    log.delete(row(1, "a"));
    awaitTiered(table);
    // Then
    assertThat(lake.rows(table).stream().map(r -> r.substring(0, r.indexOf('@'))).toList())
        .containsExactly("1,b", "2,a");
  }
}
