package io.fluss.procedures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.TopicOffsets;
import io.fluss.lake.state.LakeState;
import io.fluss.lake.state.TieringClaim;
import io.fluss.lake.state.TieringProblem;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users see and do of the tiering of a table by CALL. */
class LakeProceduresSqlTest {

  private static final long NOW = 1_700_000_000_000L;

  private final String database = SharedKafka.uniqueDatabase();
  private final TableAdmin admin =
      TableAdmin.connect(new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of()));

  private TableEnvironment flink;

  @BeforeEach
  void createTable() {
    flink = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    flink.executeSql(
        "CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '%s', 'datalake.format' ="
                .formatted(SharedKafka.kafka().bootstrapServers())
            + " 'memory', 'datalake.memory.name' = '"
            + database
            + "')");
    flink.executeSql("USE CATALOG c");
    flink.executeSql("CREATE DATABASE " + database);
    flink.executeSql(
        "CREATE TABLE %s.t (id INT) WITH ('bucket.num' = '2', 'table.datalake.enabled' = 'true')"
            .formatted(database));
  }

  @AfterEach
  void drop() {
    flink.executeSql("DROP DATABASE " + database + " CASCADE");
    admin.close();
  }

  @Test
  void offsetsOfEachBucketAreListedWithNamedAndPositionalArguments() {
    // Given
    assertThat(call("CALL sys.list_lake_offsets('" + database + ".t')"))
        .containsExactly(
            Row.of(null, 0, null, 0L, 0L, 0L, null, null, "not begun", null),
            Row.of(null, 1, null, 0L, 0L, 0L, null, null, "not begun", null));
    TableInfo table = table();
    TieringClaim claim = claim(table);
    LakeOffsets offsets =
        new LakeOffsets(List.of(new TopicOffsets(null, table.topicId(), List.of(3L, 5L), NOW)));

    // When
    admin.lakes().giveBack(claim, claim.state().tiered(new LakeSnapshot(7, offsets, NOW), NOW));

    // Then
    assertThat(call("CALL sys.list_lake_offsets(table_name => '" + database + ".t')"))
        .containsExactly(
            Row.of(null, 0, 3L, 0L, 0L, 0L, 7L, Instant.ofEpochMilli(NOW), "ok", null),
            Row.of(null, 1, 5L, 0L, 0L, 0L, 7L, Instant.ofEpochMilli(NOW), "ok", null));
    assertThat(
            call(
                "SELECT bucket, lake_offset, committed_at, status FROM "
                    + database
                    + ".`t$lake_offsets`"))
        .containsExactlyInAnyOrder(
            Row.of(0, 3L, Instant.ofEpochMilli(NOW), "ok"),
            Row.of(1, 5L, Instant.ofEpochMilli(NOW), "ok"));
  }

  @Test
  void aParkedTableIsShownWithItsReasonAndCanBeResumed() {
    // Given
    TieringClaim claim = claim(table());
    LakeState parked = claim.state().with(new TieringProblem.Parked("Rows are missing.", NOW));

    // When
    admin.lakes().giveBack(claim, parked);

    // Then
    assertThat(call("CALL sys.list_lake_offsets('" + database + ".t')"))
        .allSatisfy(row -> assertThat(row.getField(8)).isEqualTo("parked"))
        .allSatisfy(row -> assertThat(row.getField(9)).isEqualTo("Rows are missing."));

    // When
    List<Row> answer = call("CALL sys.resume_tiering('" + database + ".t')");

    // Then
    assertThat(answer.get(0).getField(0).toString())
        .contains("is tiered on. It stood still because: Rows are missing.");
    assertThat(admin.lakeState(table()).orElseThrow().problem()).isEmpty();
    assertThat(call("CALL sys.resume_tiering('" + database + ".t')").get(0).getField(0).toString())
        .startsWith("Nothing to do");
  }

  @Test
  void proceduresAreShownAndWrongArgumentsRefused() {
    assertThat(call("SHOW PROCEDURES IN c.sys").stream().map(r -> r.getField(0)))
        .contains("list_lake_offsets", "resume_tiering");
    assertThatThrownBy(() -> call("CALL sys.list_lake_offsets('a.b.c')"))
        .hasStackTraceContaining("Argument 'table_name' is 'a.b.c', which names no table");
    assertThatThrownBy(() -> call("CALL sys.list_lake_offsets('" + database + ".none')"))
        .hasStackTraceContaining(database + ".none");
    assertThatThrownBy(() -> call("CALL sys.nothing_like_it()"))
        .hasStackTraceContaining("nothing_like_it");
  }

  private TableInfo table() {
    return admin.table(TablePath.of(database, "t"));
  }

  private TieringClaim claim(TableInfo table) {
    return admin.lakes().claim(table, "memory", "test", NOW, Duration.ofMinutes(1)).orElseThrow();
  }

  private List<Row> call(String statement) {
    return CollectionUtil.iteratorToList(flink.executeSql(statement).collect());
  }
}
