package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Date-times in options are those of the session. */
class SessionTimeZoneSqlTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final long HOUR = 3_600_000;

  private final LogTableFixture table =
      LogTableFixture.create(
          SharedKafka.kafka(),
          SharedKafka.uniqueDatabase(),
          RowType.of(new LogicalType[] {new BigIntType(false)}, new String[] {"id"}),
          1);

  @AfterEach
  void close() {
    table.close();
  }

  /** Two zones, of which the machine's can be one at most. */
  @ParameterizedTest
  @CsvSource({"Asia/Tokyo, 1970-01-02 10:00:00", "America/New_York, 1970-01-01 20:00:00"})
  void localTimesAreInTheTimeZoneOfTheSession(String zone, String hour25) throws Exception {
    // Given: a batch each hour for two days
    for (long hour = 0; hour < 48; hour++) {
      table.writeAt(0, hour * HOUR, List.of(GenericRowData.of(hour)));
    }
    SqlSupport sql =
        SqlSupport.batch(table)
            .declare(
                "id BIGINT NOT NULL",
                "scan.startup.mode",
                "timestamp",
                "scan.startup.timestamp",
                hour25,
                "scan.bounded.mode",
                "timestamp",
                "scan.bounded.timestamp",
                hour25.replace(":00:00", ":30:00"));

    // When
    sql.sql().getConfig().set("table.local-time-zone", zone);

    // Then
    assertThat(sql.rows("SELECT id FROM t")).containsExactly(Row.of(25L));
  }
}
