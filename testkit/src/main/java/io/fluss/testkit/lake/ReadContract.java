package io.fluss.testkit.lake;

import static io.fluss.testkit.lake.LakeUnderTest.columns;
import static io.fluss.testkit.lake.LakeUnderTest.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeSplit;
import io.fluss.partition.PartitionName;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.table.TablePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** What a read wants, and how it is cut. */
interface ReadContract extends LakeContract {

  /** Columns {@code id}, {@code region}, {@code amount}. */
  RowType ORDERS =
      RowType.of(
          new LogicalType[] {new BigIntType(false), new VarCharType(false, 20), new IntType()},
          new String[] {"id", "region", "amount"});

  private static List<RowData> orders(int from, int to) {
    return IntStream.range(from, to)
        .<RowData>mapToObj(
            i ->
                GenericRowData.of(
                    (long) i,
                    StringData.fromString(i % 3 == 0 ? "eu/west" : "us"),
                    i % 5 == 0 ? null : (Object) (i * 10)))
        .toList();
  }

  private TieredTable partitionedLog() {
    return lake()
        .create(
            table(
                t ->
                    columns(ORDERS)
                        .apply(t)
                        .partitionKeys(List.of("region"))
                        .bucketKey("id")
                        .buckets(3)));
  }

  private TieredTable keyed() {
    return lake().create(table(t -> columns(ORDERS).apply(t).primaryKey(List.of("id")).buckets(3)));
  }

  private static List<List<Object>> projected(List<List<Object>> rows, int... columns) {
    return rows.stream()
        .map(
            row -> {
              List<Object> projected = new ArrayList<>();
              IntStream.of(columns).forEach(c -> projected.add(row.get(c)));
              return projected;
            })
        .toList();
  }

  private void assertProjects(TieredTable table, LakeSnapshot snapshot, int... columns) {
    assertThat(table.read(snapshot, new LakeRead(columns, null, null)))
        .containsExactlyInAnyOrderElementsOf(projected(table.expected(), columns));
  }

  @Test
  default void columnsCanBeLeftOutAndReordered() {
    for (TieredTable table : List.of(partitionedLog(), keyedAs("keyed"))) {
      table.tier(orders(0, 50));
      LakeSnapshot snapshot = table.tier(orders(30, 70));
      assertProjects(table, snapshot, 2, 0);
      assertProjects(table, snapshot, 1);
      assertProjects(table, snapshot, 4);
      assertProjects(table, snapshot, 5, 2, 3, 1);
    }
  }

  private TieredTable keyedAs(String name) {
    return lake()
        .create(
            table(
                TablePath.of("shop", name),
                t -> columns(ORDERS).apply(t).primaryKey(List.of("id")).buckets(3)));
  }

  @Test
  default void aReadOfNoColumnsHasAsManyRows() {
    for (TieredTable table : List.of(partitionedLog(), keyedAs("keyed"))) {
      table.tier(orders(0, 50));
      LakeSnapshot snapshot = table.tier(orders(30, 70));
      assertThat(table.read(snapshot, new LakeRead(new int[0], null, null)))
          .hasSameSizeAs(table.expected());
    }
  }

  @Test
  default void aSnapshotStaysAsItWasWhenTheTableGoesOn() {
    // Given
    TieredTable table = keyed();
    LakeSnapshot first = table.tier(orders(0, 20));
    List<List<Object>> then = table.expected();

    // When
    table.tier(orders(10, 40));

    // Then
    assertThat(table.read(first)).containsExactlyInAnyOrderElementsOf(then);
  }

  @Test
  default void splitsSayWhoseRowsTheyHold() {
    for (TieredTable table : List.of(partitionedLog(), keyedAs("keyed"))) {
      table.tier(orders(0, 50));
      LakeSnapshot snapshot = table.tier(orders(30, 70));
      for (LakeSplit split : lake().storage().plan(table.info(), snapshot, table.all())) {
        List<List<Object>> rows = table.read(split, table.all());
        assertThat(rows).isNotEmpty();
        assertThat(split.bytes()).isPositive();
        if (split.bucket().isPresent()) {
          assertThat(projected(rows, 3)).containsOnly(List.of(split.bucketOrAny()));
        }
        if (table.info().isPartitioned()) {
          assertThat(projected(rows, 1))
              .allMatch(r -> PartitionName.of((String) r.get(0)).equals(split.partition()));
        } else {
          assertThat(split.partition()).isNull();
        }
      }
    }
  }

  @Test
  default void splitsTellTheirBucketWhereTheFormatSaysSo() {
    for (TieredTable table :
        List.of(
            partitionedLog(),
            keyedAs("keyed"),
            lake()
                .create(
                    table(
                        TablePath.of("shop", "plain"),
                        t -> columns(ORDERS).apply(t).buckets(3))))) {
      LakeSnapshot snapshot = table.tier(orders(0, 50));
      assertThat(lake().storage().plan(table.info(), snapshot, table.all()))
          .extracting(s -> s.bucket().isPresent())
          .containsOnly(capabilities().tellsBucket().test(table.info()));
    }
  }

  @Test
  default void twoReadsOfASplitGiveTheSameRowsInTheSameOrder() {
    // Given
    TieredTable table = keyed();
    table.tier(orders(0, 200));
    LakeSnapshot snapshot = table.tier(orders(100, 300));

    // When
    List<LakeSplit> splits = lake().storage().plan(table.info(), snapshot, table.all());

    // Then
    assertThat(splits).isNotEmpty();
    splits.forEach(
        split ->
            assertThat(table.read(split, table.all()))
                .containsExactlyElementsOf(table.read(split, table.all())));
  }

  @Test
  default void aSplitThatWasSerialisedIsReadElsewhere() throws Exception {
    // Given
    TieredTable table = partitionedLog();
    LakeSnapshot snapshot = table.tier(orders(0, 50));
    List<LakeSplit> splits = lake().storage().plan(table.info(), snapshot, table.all());

    // When
    List<List<Object>> rows = new ArrayList<>();
    try (var elsewhere = lake().openAgain()) {
      TieredTable there = new TieredTable(elsewhere, table.info(), lake().temporaryDirectory());
      for (LakeSplit split : splits) {
        rows.addAll(there.read(copy(split), table.all()));
      }
    }

    // Then
    assertThat(rows).containsExactlyInAnyOrderElementsOf(table.expected());
  }

  private static LakeSplit copy(LakeSplit split) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(split);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (LakeSplit) in.readObject();
    }
  }

  @Test
  default void aLimitLeavesEnoughRows() {
    // Given
    TieredTable table = keyed();
    LakeSnapshot snapshot = table.tier(orders(0, 100));
    int[] columns = table.all().columns();

    // When
    int few = table.read(snapshot, new LakeRead(columns, null, 7L)).size();
    int all = table.read(snapshot, new LakeRead(columns, null, 1000L)).size();

    // Then
    assertThat(few).isBetween(7, 100);
    assertThat(all).isEqualTo(100);
  }

  @Test
  default void aLimitCountsRowsThatMatch() {
    // Given
    TieredTable table = keyed();
    LakeSnapshot snapshot = table.tier(orders(0, 100));
    Predicate regex = Predicate.like(ColumnRef.of(ORDERS, 1), "%west");

    // When
    List<List<Object>> rows = table.read(snapshot, new LakeRead(table.all().columns(), regex, 20L));

    // Then
    assertThat(rows.stream().filter(r -> r.get(1).equals("eu/west")).count())
        .isGreaterThanOrEqualTo(20);
  }

  @Test
  default void anyFilterLeavesTheRowsThatMatch() {
    // Given
    List<LogicalType> types = LakeTypes.SCALARS.stream().filter(capabilities().stores()).toList();
    RowType type = RowType.of(types.toArray(new LogicalType[0]));
    TieredTable table = lake().create(table(t -> columns(type).apply(t).buckets(2)));
    LakeRows rows = new LakeRows(21);
    table.tier(rows.rows(type, 60));
    LakeSnapshot snapshot = table.tier(rows.rows(type, 60));

    // When
    // Then
    assertFilters(table, type, snapshot, 22);
  }

  @Test
  default void anyFilterLeavesTheNewestRowsThatMatch() {
    // Given
    List<RowType.RowField> fields = new ArrayList<>();
    fields.add(new RowType.RowField("id", new IntType(false)));
    LakeTypes.SCALARS.stream()
        .filter(capabilities().stores())
        .forEach(t -> fields.add(new RowType.RowField("c" + fields.size(), t)));
    RowType type = new RowType(false, fields);
    TieredTable table =
        lake().create(table(t -> columns(type).apply(t).primaryKey(List.of("id")).buckets(2)));
    LakeRows rows = new LakeRows(23);
    table.tier(rows.rows(type, 40));
    LakeSnapshot snapshot = table.tier(rows.rows(type, 40));

    // When
    // Then
    assertFilters(table, type, snapshot, 24);
  }

  @Test
  default void aFilterOnPartitionsAndKeysLeavesTheRowsThatMatch() {
    // Given
    TieredTable table = partitionedLog();
    LakeSnapshot snapshot = table.tier(orders(0, 100));

    // When
    // Then
    assertFilters(table, ORDERS, snapshot, 25);
    Predicate point =
        Predicate.and(
            List.of(
                Predicate.compare(ColumnRef.of(ORDERS, 0), Operator.EQUAL, 42L),
                Predicate.compare(
                    ColumnRef.of(ORDERS, 1), Operator.EQUAL, StringData.fromString("eu/west"))));
    assertFilters(table, snapshot, point);
  }

  private void assertFilters(TieredTable table, RowType type, LakeSnapshot snapshot, long seed) {
    RandomConditions conditions = new RandomConditions(type, seed);
    for (int i = 0; i < 150; i++) {
      assertFilters(table, snapshot, conditions.next());
    }
  }

  /** A format may leave out rows that do not match, and has to keep the others. */
  private void assertFilters(TieredTable table, LakeSnapshot snapshot, Predicate condition) {
    List<List<Object>> unfiltered = matching(table, snapshot, null, condition);
    List<List<Object>> filtered = matching(table, snapshot, condition, condition);
    assertThat(filtered).as(condition.toString()).containsExactlyInAnyOrderElementsOf(unfiltered);
  }

  private List<List<Object>> matching(
      TieredTable table, LakeSnapshot snapshot, @Nullable Predicate given, Predicate applied) {
    LakeRead read = new LakeRead(table.all().columns(), given, null);
    List<List<Object>> rows = new ArrayList<>();
    for (LakeSplit split : lake().storage().plan(table.info(), snapshot, read)) {
      table.read(split, read, applied, rows);
    }
    return rows;
  }
}
