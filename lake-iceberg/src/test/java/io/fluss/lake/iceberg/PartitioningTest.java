package io.fluss.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.lake.LakeSplit;
import io.fluss.options.TableOptions;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.iceberg.PartitionSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code table.datalake.iceberg.partitioning}, and what it does to rows. */
class PartitioningTest {

  @TempDir private Path warehouse;

  private static TableInfo orders(
      String partitioning, UnaryOperator<io.fluss.admin.TableDescriptor.Builder> more) {
    return LakeFixture.table(
        t ->
            more.apply(
                t.column("id", new BigIntType(false))
                    .column("region", new VarCharType(false, 20))
                    .column("at", new TimestampType(false, 3))
                    .column("odd `one", new VarCharType(20))
                    .column("price", new DoubleType())
                    .buckets(2)
                    .option(TableOptions.DATALAKE_ICEBERG_PARTITIONING.key(), partitioning)));
  }

  private static RowData order(long id, String region, int day) {
    return GenericRowData.of(
        id,
        StringData.fromString(region),
        TimestampData.fromEpochMillis(day * 86_400_000L + id),
        null,
        1.5);
  }

  private static List<String> fields(PartitionSpec spec) {
    return spec.fields().stream()
        .map(f -> f.transform() + "(" + spec.schema().findColumnName(f.sourceId()) + ")")
        .toList();
  }

  private static List<String> fields(TableInfo table) {
    TableLayout layout = new TableLayout(table);
    return fields(layout.spec(layout.schema()));
  }

  @Test
  void tablesWithoutTheOptionArePartitionedAsTheyAreAndByBucketWhereKeysHaveOne() {
    assertThat(fields(orders("", t -> t))).isEmpty();
    assertThat(fields(orders("", t -> t.bucketKey("id")))).containsExactly("identity(__bucket)");
    assertThat(fields(orders("", t -> t.primaryKey(List.of("id", "region")))))
        .containsExactly("identity(__bucket)");
    assertThat(
            fields(
                orders(
                    "",
                    t -> t.primaryKey(List.of("id", "region")).partitionKeys(List.of("region")))))
        .containsExactly("identity(region)", "identity(__bucket)");
  }

  @Test
  void theOptionTakesThePlaceOfBucketsAndNotOfThePartitionsOfTheTable() {
    assertThat(
            fields(
                orders(
                    "days(at), bucket( 16,id ), truncate(4, region),`odd ``one`",
                    t -> t.bucketKey("id"))))
        .containsExactly("day(at)", "bucket[16](id)", "truncate[4](region)", "identity(odd `one)");
    assertThat(fields(orders(" YEARS ( at ) ", t -> t))).containsExactly("year(at)");
    assertThat(fields(orders("hours(at)", t -> t.partitionKeys(List.of("region")))))
        .containsExactly("identity(region)", "hour(at)");
    assertThat(fields(orders("hours(at), region", t -> t.partitionKeys(List.of("region")))))
        .containsExactly("hour(at)", "identity(region)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "days(nowhere); 'nowhere'",
        "weeks(at); 'weeks(at)' is not a column or one of",
        "days(at; 'days(at' is not a column or one of",
        "days at; is not a column or one of",
        "days(region); 'region' of type VARCHAR(20) NOT NULL; it takes DATE",
        "hours(id); it takes TIMESTAMP",
        "bucket(id); needs a number above 0",
        "bucket(-3, id); needs a number above 0",
        "bucket(99999999999, id); needs a number above 0",
        "days(2, at); takes no number",
        "bucket(4, price); 'price' of type DOUBLE",
        "truncate(3, at); it takes whole numbers"
      })
  void whatIsWrongWithItIsSaid(String partitioning, String said) {
    assertThat(new IcebergFormat().problems(orders(partitioning, t -> t)))
        .singleElement()
        .asString()
        .contains(TableOptions.DATALAKE_ICEBERG_PARTITIONING.key(), "'" + partitioning + "'", said);
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    assertThat(new IcebergFormat().problems(orders("days(x), hours(y), id", t -> t))).hasSize(2);
  }

  @Test
  void twoPartitionsOfOneNameAreAProblem() {
    assertThat(new IcebergFormat().problems(orders("id, id", t -> t)))
        .singleElement()
        .asString()
        .startsWith("Iceberg cannot have such a table: ");
  }

  @Test
  void rowsOfABucketGoToTheirPartitionsAndSplitsStillTellTheBucket() {
    TableInfo table = orders("days(at), bucket(4, id)", t -> t);
    try (LakeFixture lake = LakeFixture.of(warehouse, table)) {
      // Given
      RowData[] rows = new RowData[200];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = order(i, "eu", i % 30);
      }

      // When
      lake.commit(lake.written(null, 1, rows), lake.written(null, 0, order(1000, "us", 3)));

      // Then
      assertThat(lake.rows()).hasSize(201).doesNotHaveDuplicates();
      assertThat(lake.plan()).extracting(LakeSplit::bucketOrAny).containsOnly(0, 1);
      assertThat(lake.foreign.rows(table)).hasSize(201);
    }
  }

  @Test
  void partitionsOfTheTableAreToldBySplits() {
    TableInfo table = orders("days(at)", t -> t.partitionKeys(List.of("region")));
    try (LakeFixture lake = LakeFixture.of(warehouse, table)) {
      // Given
      byte[] eu = lake.written(PartitionName.of("eu"), 1, order(1, "eu", 1), order(2, "eu", 2));
      byte[] us = lake.written(PartitionName.of("us"), 0, order(3, "us", 1));

      // When
      lake.commit(eu, us);

      // Then
      assertThat(lake.plan())
          .extracting(LakeSplit::partition)
          .containsExactlyInAnyOrder(PartitionName.of("eu"), PartitionName.of("us"));
    }
  }

  @Test
  void anUpdateMovesARowToAnotherPartition() {
    TableInfo table = orders("days(at)", t -> t.primaryKey(List.of("id")));
    try (LakeFixture lake = LakeFixture.of(warehouse, table)) {
      // Given
      lake.tier(order(1, "eu", 1), order(2, "eu", 1), order(3, "eu", 2));

      // When
      lake.tier(order(2, "moved", 7), order(3, "stays", 2));

      // Then
      assertThat(lake.rows())
          .extracting(r -> r.substring(0, r.lastIndexOf("|", r.length())).split("\\|")[1])
          .containsExactlyInAnyOrder("eu", "moved", "stays");
      assertThat(lake.foreign.rows(table)).hasSize(3);
    }
  }

  @Test
  void aTableOfTheSameIdIsOpenedWithThePartitioningItHas() {
    TableInfo table = orders("days(at)", t -> t);
    try (LakeFixture lake = LakeFixture.of(warehouse, table)) {
      // Given
      lake.tier(order(1, "eu", 1));

      // When
      lake.lakeTable().updateSpec().addField("region").commit();
      lake.tier(order(2, "eu", 1), order(3, "us", 1));

      // Then
      assertThat(lake.rows()).hasSize(3);
    }
  }
}
