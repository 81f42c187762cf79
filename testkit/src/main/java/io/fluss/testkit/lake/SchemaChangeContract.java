package io.fluss.testkit.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fluss.FlussException;
import io.fluss.admin.SchemaChange;
import io.fluss.admin.TableAlteration;
import io.fluss.admin.TableRules;
import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeFormats;
import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeSplit;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns of the table change: the lake table follows, and readers of each version read it. */
interface SchemaChangeContract extends LakeContract {

  /** Tables whose rows are found in different ways. */
  enum Shape {
    LOG,
    LOG_WITH_BUCKET_KEY,
    PRIMARY_KEY
  }

  private TableInfo before(Shape shape) {
    return lake()
        .table(
            t -> {
              t.column("id", new BigIntType(false))
                  .column("name", new VarCharType(10))
                  .column("amount", new IntType(false))
                  .column("small", new TinyIntType())
                  .column("price", new DecimalType(5, 2))
                  .column("ratio", new FloatType())
                  .column("gone", new IntType())
                  .buckets(2);
              return switch (shape) {
                case LOG -> t;
                case LOG_WITH_BUCKET_KEY -> t.bucketKey("id");
                case PRIMARY_KEY -> t.primaryKey(List.of("id"));
              };
            });
  }

  /** Know the options of all lakes that are here. */
  TableRules RULES =
      TableRules.standard().withLakes(LakeFormats.all(SchemaChangeContract.class.getClassLoader()));

  private static TableInfo after(TableInfo before) {
    return TableAlteration.of(
            SchemaChange.drop("gone"),
            SchemaChange.rename("name", "title"),
            SchemaChange.changeType("title", new VarCharType(20)),
            SchemaChange.changeType("amount", new BigIntType()),
            SchemaChange.changeType("small", new SmallIntType()),
            SchemaChange.changeType("price", new DecimalType(25, 2)),
            SchemaChange.changeType("ratio", new DoubleType()),
            new SchemaChange.Add(
                new Column.Physical(-1, "extra", new VarCharType(), "a new one"),
                SchemaChange.Position.after("id")),
            new SchemaChange.Move("ratio", SchemaChange.Position.first()))
        .applyTo(before, RULES);
  }

  private static List<RowData> rowsBefore(int from, int to) {
    return IntStream.range(from, to)
        .<RowData>mapToObj(
            i ->
                GenericRowData.of(
                    (long) i,
                    i % 3 == 0 ? null : StringData.fromString("n" + i),
                    i * 10,
                    i % 4 == 0 ? null : (byte) i,
                    DecimalData.fromBigDecimal(BigDecimal.valueOf(i, 2), 5, 2),
                    i / 2f,
                    7))
        .toList();
  }

  /** ratio, id, extra, title, amount, small, price. */
  private static List<RowData> rowsAfter(int from, int to) {
    return IntStream.range(from, to)
        .<RowData>mapToObj(
            i ->
                GenericRowData.of(
                    i / 2d,
                    (long) i,
                    StringData.fromString("x"),
                    StringData.fromString("n" + i),
                    i % 5 == 0 ? null : i * 10L,
                    (short) i,
                    DecimalData.fromBigDecimal(BigDecimal.valueOf(i, 2), 25, 2)))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  default void theLakeTableFollowsAndRowsThatAreThereKeepTheirValues(Shape shape) {
    // Given
    TieredTable old = lake().create(before(shape));
    LakeSnapshot first = old.tier(rowsBefore(0, 12));
    TableInfo now = after(old.info());

    // When
    lake().storage().createTable(now);
    lake().storage().createTable(now);

    // Then
    TieredTable table = old.altered(now);
    assertSameRows(table.read(first), table.expected());
    assertThat(lake().foreign().columns(now.path()))
        .containsExactlyInAnyOrder(
            "ratio",
            "id",
            "extra",
            "title",
            "amount",
            "small",
            "price",
            "__bucket",
            "__offset",
            "__timestamp");

    // When
    LakeSnapshot second = table.tier(rowsAfter(6, 20));

    // Then
    assertSameRows(table.read(second), table.expected());
    assertThat(lake().storage().latestSnapshot(now)).contains(second);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  default void readersThatWerePlannedBeforeKeepTheirColumns(Shape shape) {
    // Given
    TieredTable old = lake().create(before(shape));
    LakeSnapshot first = old.tier(rowsBefore(0, 12));
    List<LakeSplit> splits = lake().storage().plan(old.info(), first, old.all());
    List<List<List<Object>>> read =
        splits.stream().map(split -> old.read(split, old.all())).toList();

    // When
    TableInfo now = after(old.info());
    lake().storage().createTable(now);
    List<List<List<Object>>> again =
        splits.stream().map(split -> old.read(split, old.all())).toList();

    // Then
    assertThat(again).isEqualTo(read);
    assertSameRows(old.read(first), old.expected());

    // When
    TieredTable table = old.altered(now);
    LakeSnapshot second = table.tier(rowsAfter(12, 15).subList(1, 3));
    LakeRead idAndName = new LakeRead(new int[] {0, 1}, null, null);

    // Then
    List<List<Object>> expected = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      if (i != 12) {
        expected.add(
            List.of((Object) (long) i, String.valueOf(i < 12 && i % 3 == 0 ? null : "n" + i)));
      }
    }
    assertSameRows(
        old.read(second, idAndName).stream()
            .map(row -> List.of(row.get(0), String.valueOf(row.get(1))))
            .toList(),
        expected);
    assertThat(splits.stream().map(split -> old.read(split, old.all())).toList()).isEqualTo(read);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  default void conditionsLeaveOutNoRowThatMatches(Shape shape) {
    // Given
    TieredTable old = lake().create(before(shape));
    LakeSnapshot first = old.tier(rowsBefore(0, 12));
    TableInfo now = after(old.info());
    lake().storage().createTable(now);
    TieredTable table = old.altered(now);
    List<Predicate> conditions = new ArrayList<>();
    conditions.add(Predicate.compare(column(now, 3), Operator.EQUAL, StringData.fromString("n7")));
    conditions.add(Predicate.compare(column(now, 4), Operator.GREATER_OR_EQUAL, 100L));
    conditions.add(Predicate.isNull(column(now, 2)));
    conditions.add(Predicate.and(List.of(conditions.get(0), conditions.get(1))));
    conditions.add(Predicate.or(List.of(conditions.get(0), conditions.get(1))));
    conditions.add(Predicate.compare(column(now, 1), Operator.LESS, 3L));

    // When, Then
    conditions.forEach(c -> assertMatchesAreRead(table, first, c));

    // When
    LakeSnapshot second = table.tier(rowsAfter(9, 20));

    // Then
    conditions.forEach(c -> assertMatchesAreRead(table, second, c));
  }

  private static ColumnRef column(TableInfo table, int position) {
    return ColumnRef.of(table.rowType(), position);
  }

  private static void assertMatchesAreRead(
      TieredTable table, LakeSnapshot snapshot, Predicate condition) {
    LakeRead all = table.all();
    LakeRead some = new LakeRead(all.columns(), condition, null);
    List<List<Object>> expected = new ArrayList<>();
    List<List<Object>> found = new ArrayList<>();
    for (LakeSplit split : table.plan(snapshot, all)) {
      table.read(split, all, condition, expected);
    }
    for (LakeSplit split : table.plan(snapshot, some)) {
      table.read(split, some, condition, found);
    }
    assertThat(found).as("%s", condition).hasSameSizeAs(expected).containsAll(expected);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  default void aRoundThatBeganBeforeIsDoneAgain(Shape shape) {
    // Given
    TieredTable old = lake().create(before(shape));
    old.tier(rowsBefore(0, 3));
    lake().storage().createTable(after(old.info()));

    // When
    lake().storage().createTable(old.info());

    // Then
    old.append(rowsBefore(3, 5));
    assertThatThrownBy(old::write)
        .isInstanceOf(FlussException.class)
        .hasMessageContaining(old.info().path().toString())
        .hasMessageContaining("its columns of version 1 cannot be written into the lake")
        .hasMessageContaining("those of version 2");
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  default void filesOfARoundThatAChangeOvertakesCanBeDeleted(Shape shape) {
    // Given
    TieredTable old = lake().create(before(shape));
    old.tier(rowsBefore(0, 3));
    List<String> files = lake().foreign().dataFiles();
    TieredTable.Round round = old.append(rowsBefore(3, 5)).write();
    int written = lake().foreign().dataFiles().size();
    lake().storage().createTable(after(old.info()));

    // When
    Throwable refused;
    try (LakeCommitter committer = lake().storage().committer(old.info())) {
      refused = catchThrowable(() -> committer.commit(round.written(), round.from(), round.to()));
      committer.abort(round.written());
    }

    // Then
    assertThat(refused)
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("cannot be written into the lake");
    assertThat(written).isGreaterThan(files.size());
    assertThat(lake().foreign().dataFiles()).containsExactlyInAnyOrderElementsOf(files);
  }

  @Test
  default void maintenanceByAJobThatDoesNotKnowTheNewColumnsLosesNoValue() {
    // Given: a job that sleeps between its commit and its maintenance
    TieredTable old =
        lake()
            .create(
                lake()
                    .table(
                        t ->
                            LakeUnderTest.idAndName(t)
                                .buckets(1)
                                .option("table.datalake.auto-compaction", "true")));
    old.tier(GenericRowData.of(0L, StringData.fromString("n0")));
    LakeCommitter sleeping = lake().storage().committer(old.info());
    TableInfo now =
        TableAlteration.of(SchemaChange.add("more", new IntType())).applyTo(old.info(), RULES);
    lake().storage().createTable(now);
    TieredTable table = old.altered(now);
    for (int i = 1; i < 8; i++) {
      table.tier(GenericRowData.of((long) i, StringData.fromString("n" + i), i * 100));
    }

    // When
    Throwable refused = catchThrowable(sleeping::maintain);
    sleeping.close();

    // Then
    assertSameRows(
        table.read(lake().storage().latestSnapshot(now).orElseThrow()), table.expected());
    if (refused != null) {
      assertThat(refused)
          .isInstanceOf(FlussException.class)
          .hasMessageContaining(now.path().toString());
    }
  }

  @Test
  default void aLakeTableMayBeginWithLaterColumns() {
    // Given
    TableInfo now = after(before(Shape.PRIMARY_KEY));
    TieredTable table = lake().create(now);

    // When
    LakeSnapshot first = table.tier(rowsAfter(0, 5));
    TableInfo later =
        TableAlteration.of(SchemaChange.add("more", new IntType()), SchemaChange.drop("small"))
            .applyTo(now, RULES);
    lake().storage().createTable(later);
    TieredTable altered = table.altered(later);

    // Then
    assertSameRows(table.read(first), table.expected());
    assertSameRows(altered.read(first), altered.expected());
    assertThat(altered.read(first)).allSatisfy(row -> assertThat(row.get(6)).isNull());
    assertThat(Collections.frequency(lake().foreign().columns(now.path()), "more")).isOne();
  }
}
