package io.fluss.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.options.MergeEngine;
import io.fluss.table.ColumnSet;
import io.fluss.table.TableInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import javax.annotation.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every merge function, whatever the table: see {@link MergeFunction}. A merge
 * function's test names its table and says in plain words what a change does to a row.
 */
abstract class MergeFunctionContract {

  private static final int KEYS = 3;
  private static final int OPERATIONS = 20;

  abstract TableInfo table();

  /** The columns outside the key after the records of one key; null where there is no row. */
  @Nullable
  abstract List<Object> row(List<Change> changes);

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithTheModel(long seed) {
    // Given
    List<Change> log = log(new Random(seed));
    MergeFunction function = MergeFunction.of(table());
    Map<Long, List<Change>> changes = new TreeMap<>();
    Map<Long, byte[]> states = new TreeMap<>();

    for (Change change : log) {
      // When
      step(function, states, change);
      changes.computeIfAbsent(change.id(), id -> new ArrayList<>()).add(change);

      // Then
      byte[] row = function.row(states.get(change.id()));
      assertThat(MergeFixtures.decoded(table(), row))
          .as("%s of %s", change, log)
          .isEqualTo(row(changes.get(change.id())));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void compactionOfAnyBeginningOfTheLogChangesNothing(long seed) {
    // Given
    Random random = new Random(seed);
    List<Change> log = log(random);

    for (int end = 1; end <= log.size(); end++) {
      List<Change> beginning = log.subList(0, end);
      List<Change> left = isCompacted() ? History.compacted(random, beginning) : beginning;

      // When
      Map<Long, ByteBuffer> whole = fold(beginning);
      Map<Long, ByteBuffer> compacted = fold(left);

      // Then
      assertThat(compacted).as("%s of %s", left, beginning).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void dependsOnItsArgumentsAloneAndModifiesNone(long seed) {
    // Given
    List<Change> log = log(new Random(seed));
    MergeFunction busy = MergeFunction.of(table());
    Map<Long, byte[]> states = new TreeMap<>();

    for (Change change : log) {
      byte[] state = states.get(change.id());
      byte[] stateBefore = state == null ? null : state.clone();
      byte[] valueBefore = change.value() == null ? null : change.value().clone();

      // When
      step(busy, states, change);
      byte[] row = busy.row(states.get(change.id()));
      MergeFunction fresh = MergeFunction.of(table());
      byte[] freshState = fresh.merge(state, change.columnSet(), change.value());

      // Then
      assertThat(freshState).isEqualTo(states.get(change.id()));
      assertThat(fresh.row(freshState)).isEqualTo(row);
      assertThat(state).isEqualTo(stateBefore);
      assertThat(change.value()).isEqualTo(valueBefore);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aStateThatIsAFullRowIsItsOwnRow(long seed) {
    // Given
    List<Change> log = log(new Random(seed));
    MergeFunction function = MergeFunction.of(table());
    Map<Long, byte[]> states = new TreeMap<>();

    for (Change change : log) {
      // When
      step(function, states, change);

      // Then
      byte[] state = states.get(change.id());
      if (state == null || ValueHeader.kind(state) == ValueKind.ROW) {
        assertThat(function.row(state)).isSameAs(state);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PARTIAL_DELETE", "LAYERS"})
  void refusesAsAFullRowWhatNoRecordOfItIs(ValueKind kind) {
    // Given
    byte[] value = new byte[ValueHeader.BYTES];
    ValueHeader.put(value, kind, 1);
    MergeFunction function = MergeFunction.of(table());

    // When, Then
    assertThatThrownBy(() -> function.merge(null, ColumnSet.FULL_ROW, value))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessage(
            "Cannot read value: its kind is "
                + kind
                + ", and a record of column set 0 is of kind ROW or DELETE");
  }

  private List<Change> log(Random random) {
    return History.ofSeveralWriters(random, table(), KEYS, OPERATIONS);
  }

  private boolean isCompacted() {
    return table().mergeEngine() == MergeEngine.LAST_ROW;
  }

  private Map<Long, ByteBuffer> fold(List<Change> log) {
    MergeFunction function = MergeFunction.of(table());
    Map<Long, byte[]> states = new TreeMap<>();
    log.forEach(change -> step(function, states, change));
    Map<Long, ByteBuffer> known = new TreeMap<>();
    states.forEach(
        (id, state) -> {
          if (state != null) {
            known.put(id, ByteBuffer.wrap(state));
          }
        });
    return known;
  }

  static void step(MergeFunction function, Map<Long, byte[]> states, Change change) {
    byte[] state = states.get(change.id());
    states.put(change.id(), function.merge(state, change.columnSet(), change.value()));
  }
}
