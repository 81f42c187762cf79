package io.fluss.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.options.MergeEngine;
import io.fluss.table.TableInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import javax.annotation.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every merge function, whatever the table: see {@link MergeFunction}. A merge
 * function's test names its table and says in plain words what a change does to a row.
 */
abstract class MergeFunctionContract {

  private static final int KEYS = 3;
  private static final int OPERATIONS = 24;

  abstract TableInfo table();

  /** The columns outside the key after a change; null where there is no row. */
  @Nullable
  abstract List<Object> after(@Nullable List<Object> row, Change change);

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithTheModel(long seed) {
    // Given
    List<Change> log = History.random(new Random(seed), table(), KEYS, OPERATIONS);
    MergeFunction function = MergeFunction.of(table());
    Map<Long, List<Object>> model = new TreeMap<>();
    Map<Long, byte[]> states = new TreeMap<>();

    for (Change change : log) {
      // When
      step(function, states, change);
      model.put(change.id(), after(model.get(change.id()), change));

      // Then
      assertThat(MergeFixtures.decoded(table(), states.get(change.id())))
          .as("%s", change)
          .isEqualTo(model.get(change.id()));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void compactionOfACompactedTopicChangesNothing(long seed) {
    // Given
    Random random = new Random(seed);
    List<Change> log = History.random(random, table(), KEYS, OPERATIONS);
    List<Change> left = isCompacted() ? History.compacted(random, log) : log;

    // When
    Map<Long, ByteBuffer> whole = fold(log);
    Map<Long, ByteBuffer> compacted = fold(left);

    // Then
    assertThat(compacted).as("%s of %s", left, log).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aStateStandsForTheRecordsBeforeIt(long seed) {
    // Given
    List<Change> log = History.random(new Random(seed), table(), KEYS, OPERATIONS);
    MergeFunction function = MergeFunction.of(table());
    Map<Long, byte[]> states = new TreeMap<>();

    for (Change change : log) {
      // When
      step(function, states, change);

      // Then
      byte[] state = states.get(change.id());
      assertThat(function.merge(null, 0, state)).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void dependsOnItsArgumentsAloneAndModifiesNone(long seed) {
    // Given
    List<Change> log = History.random(new Random(seed), table(), KEYS, OPERATIONS);
    MergeFunction busy = MergeFunction.of(table());
    Map<Long, byte[]> states = new TreeMap<>();

    for (Change change : log) {
      byte[] state = states.get(change.id());
      byte[] stateBefore = state == null ? null : state.clone();
      byte[] valueBefore = change.value() == null ? null : change.value().clone();

      // When
      step(busy, states, change);
      byte[] fresh = MergeFunction.of(table()).merge(state, change.columnSet(), change.value());

      // Then
      assertThat(fresh).isEqualTo(states.get(change.id()));
      assertThat(state).isEqualTo(stateBefore);
      assertThat(change.value()).isEqualTo(valueBefore);
    }
  }

  private boolean isCompacted() {
    return table().mergeEngine() == MergeEngine.LAST_ROW;
  }

  private Map<Long, ByteBuffer> fold(List<Change> log) {
    MergeFunction function = MergeFunction.of(table());
    Map<Long, byte[]> states = new TreeMap<>();
    log.forEach(change -> step(function, states, change));
    Map<Long, ByteBuffer> rows = new TreeMap<>();
    states.forEach(
        (id, state) -> {
          if (state != null) {
            rows.put(id, ByteBuffer.wrap(state));
          }
        });
    return rows;
  }

  private static void step(MergeFunction function, Map<Long, byte[]> states, Change change) {
    byte[] state = states.get(change.id());
    states.put(change.id(), function.merge(state, change.columnSet(), change.value()));
  }
}
