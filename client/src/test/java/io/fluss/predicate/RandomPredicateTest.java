package io.fluss.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** What holds for all conditions, on random ones. */
class RandomPredicateTest {

  private static final int ROUNDS = 20_000;

  @Test
  void aConditionIsWhatSqlSaysItIs() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      // Given
      RandomPredicates random = new RandomPredicates(new Random(seed));
      RandomPredicates.Tested tested = random.predicate(seed % 4);
      GenericRowData row = random.row();

      // When
      Truth truth = tested.predicate().evaluate(row);

      // Then
      Boolean expected = tested.opinion().apply(row);
      assertThat(truth)
          .as("seed %d: %s of %s", seed, tested.predicate(), row)
          .isEqualTo(expected == null ? Truth.UNKNOWN : Truth.of(expected));
    }
  }

  @Test
  void rowsThatMatchAreNeverRuledOutByTheirRanges() {
    int ruledOut = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      // Given
      Random source = new Random(seed);
      RandomPredicates random = new RandomPredicates(source);
      Predicate predicate = random.predicate(seed % 4).predicate();
      List<GenericRowData> rows = new ArrayList<>();
      rows.add(random.row());
      for (int more = source.nextInt(4); more > 0; more--) {
        rows.add(random.rowNear(rows.get(0)));
      }
      ColumnRanges exact = RandomPredicates.rangesOf(rows);
      ColumnRanges partly = column -> vague(exact.of(column), column * 31 + rows.hashCode());

      // When
      boolean mayMatch = predicate.mayMatch(exact);
      boolean mayMatchPartly = predicate.mayMatch(partly);

      // Then
      boolean matches = rows.stream().anyMatch(predicate::test);
      assertThat(mayMatch || !matches).as("seed %d: %s of %s", seed, predicate, rows).isTrue();
      assertThat(mayMatchPartly || !mayMatch).as("seed %d: %s", seed, predicate).isTrue();
      ruledOut += mayMatch ? 0 : 1;
    }
    assertThat(ruledOut).as("ranges that rule out their rows").isGreaterThan(ROUNDS / 10);
  }

  @Test
  void theRangeOfOneRowTellsWhatTheRowTells() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      // Given
      RandomPredicates random = new RandomPredicates(new Random(seed));
      Predicate predicate = random.predicate(seed % 3).predicate();
      GenericRowData row = random.row();

      // When
      Truths truths = predicate.over(column -> ColumnRange.ofValue(row.getField(column)));

      // Then
      assertThat(truths.contains(predicate.evaluate(row)))
          .as("seed %d: %s", seed, predicate)
          .isTrue();
    }
  }

  @Test
  void aRestrictedConditionMatchesAtLeastTheSameRows() {
    int restricted = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      // Given
      Random source = new Random(seed);
      RandomPredicates random = new RandomPredicates(source);
      int[] all =
          source.ints(0, RandomPredicates.TYPES.getFieldCount()).distinct().limit(4).toArray();
      int[] wanted = {all[2], all[0]};
      Predicate predicate = random.predicate(1 + seed % 3, all).predicate();
      GenericRowData row = random.row();
      RowData part = GenericRowData.of(row.getField(wanted[0]), row.getField(wanted[1]));

      // When
      Predicate weaker = predicate.restrictedTo(wanted).orElse(Predicate.constant(Truth.TRUE));

      // Then
      assertThat(weaker.test(part) || !predicate.test(row))
          .as("seed %d: %s", seed, predicate)
          .isTrue();
      assertThat(Arrays.stream(weaker.columns())).allMatch(c -> c < 2);
      restricted += predicate.restrictedTo(wanted).isPresent() ? 1 : 0;
    }
    assertThat(restricted).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void aConditionOnTheWantedColumnsOnlyStaysTheSame() {
    int[] columns = IntStream.range(0, RandomPredicates.TYPES.getFieldCount()).toArray();
    for (int seed = 0; seed < 200; seed++) {
      // Given
      Predicate predicate = new RandomPredicates(new Random(seed)).predicate(2).predicate();

      // When
      Predicate same = predicate.restrictedTo(columns).orElseThrow();

      // Then
      assertThat(same).isEqualTo(predicate);
    }
  }

  @Test
  void aConditionTravels() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      // Given
      Predicate predicate = new RandomPredicates(new Random(seed)).predicate(3).predicate();

      // When
      Predicate copy = InstantiationUtil.clone(predicate);

      // Then
      assertThat(copy).isEqualTo(predicate).hasToString(predicate.toString());
    }
  }

  /** The same range with something left out, as the hash says. */
  private static ColumnRange vague(ColumnRange range, int hash) {
    return switch (Math.floorMod(hash, 4)) {
      case 0 -> ColumnRange.UNKNOWN;
      case 1 -> new ColumnRange(range.min(), null, range.mayBeNull(), range.mayHaveValue());
      case 2 -> new ColumnRange(null, range.max(), true, true);
      default -> range;
    };
  }
}
