package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink asks the topic how large its messages may be, and takes rows up to that. */
class LargeRowsTest {

  private static final int FRAMING_BYTES = 128;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void aRowAboveASmallLimitIsRefusedWithBothSizes(String guarantee) throws Exception {
    // Given: well below Kafka's default, which would let this row through
    TestTable table = TestTable.create(1, List.of());
    limitMessages(table, 20_000);

    // Then
    assertThatThrownBy(() -> write(table, guarantee, row(1, 40_000)))
        .hasStackTraceContaining(
            "and the topic takes records of at most "
                + (20_000 - FRAMING_BYTES)
                + " bytes ('max.message.bytes' less Kafka's framing).")
        .rootCause()
        .message()
        .containsPattern(
            "Cannot write a row to table '"
                + table.info().path()
                + "', bucket 0: encoded it has [234]\\d{4} bytes");
    assertThat(table.idsOfEndedJobs()).isEmpty();

    // When
    write(table, guarantee, row(2, 10_000));

    // Then
    assertThat(table.idsOfEndedJobs()).containsExactly(2L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void aRowAboveKafkasDefaultIsTakenWhereTheTopicTakesIt(String guarantee) throws Exception {
    // Given
    TestTable table = TestTable.create(1, List.of());
    limitMessages(table, 6_000_000);

    // When
    write(table, guarantee, row(1, 3_000_000));

    // Then
    assertThat(table.idsOfEndedJobs()).containsExactly(1L);
  }

  private static void write(TestTable table, String guarantee, RowData row) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(Jobs.failing());
    env.setParallelism(1);
    env.fromData(List.of(row), TestTable.rowTypeInfo())
        .sinkTo(Sinks.of(table, "sink.delivery-guarantee", guarantee));
    env.execute();
  }

  /** Random letters, of which no codec saves more than half. */
  private static RowData row(long id, int letters) {
    String text =
        new Random(id)
            .ints(letters, 'A', 'A' + 64)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return GenericRowData.of(id, StringData.fromString(text));
  }

  private static void limitMessages(TestTable table, int bytes) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, table.info().topic());
    AlterConfigOp limit =
        new AlterConfigOp(
            new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
            AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(table.kafka().adminProperties())) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
    }
  }
}
