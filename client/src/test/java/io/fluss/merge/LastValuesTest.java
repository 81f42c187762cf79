package io.fluss.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.format.CorruptBatchException;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.RowEncoder;
import io.fluss.format.row.ValueHeader;
import io.fluss.table.Column;
import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaHistory;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LastValuesTest extends MergeFunctionContract {

  private static final ColumnSet AMOUNT_AND_NOTE = MergeFixtures.COLUMN_SETS.get(0);

  @Override
  TableInfo table() {
    return MergeFixtures.table(Map.of(), MergeFixtures.COLUMN_SETS);
  }

  /** The last value of each column set, in their order, each over those before it. */
  @Override
  @Nullable
  List<Object> row(List<Change> changes) {
    Map<Integer, Change> lastOfSets = new LinkedHashMap<>();
    for (Change change : changes) {
      lastOfSets.remove(change.columnSet());
      if (change.kind() != Change.Kind.TOMBSTONE) {
        lastOfSets.put(change.columnSet(), change);
      }
    }
    List<Object> row = nulls();
    boolean lastIsUpdate = false;
    for (Change change : lastOfSets.values()) {
      lastIsUpdate = change.kind() == Change.Kind.ROW;
      for (int column : columns(change.columnSet())) {
        row.set(column, lastIsUpdate ? change.values().get(column) : null);
      }
    }
    return lastIsUpdate || row.stream().anyMatch(Objects::nonNull) ? row : null;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eachRecordOfAWriterAloneDoesAtOnceWhatItSays(long seed) {
    // Given
    List<Change> log = History.ofOneWriter(new Random(seed), table(), 3, 24);
    MergeFunction function = MergeFunction.of(table());
    Map<Long, byte[]> states = new TreeMap<>();
    Map<Long, List<Object>> rows = new TreeMap<>();

    for (Change change : log) {
      // When
      step(function, states, change);
      rows.put(change.id(), after(rows.get(change.id()), change));

      // Then
      byte[] row = function.row(states.get(change.id()));
      assertThat(MergeFixtures.decoded(table(), row))
          .as("%s of %s", change, log)
          .isEqualTo(rows.get(change.id()));
    }
  }

  /** As if the row before were all there is to know. */
  @Nullable
  private List<Object> after(@Nullable List<Object> row, Change change) {
    boolean hasValues = change.kind() == Change.Kind.ROW;
    if (change.columnSet() == ColumnSet.FULL_ROW) {
      return hasValues ? change.values() : null;
    }
    List<Object> after = row == null ? nulls() : new ArrayList<>(row);
    for (int column : columns(change.columnSet())) {
      after.set(column, hasValues ? change.values().get(column) : null);
    }
    return hasValues || after.stream().anyMatch(Objects::nonNull) ? after : null;
  }

  private static List<Object> nulls() {
    return new ArrayList<>(Collections.nCopies(MergeFixtures.VALUE_COLUMNS, null));
  }

  private List<Integer> columns(int columnSet) {
    return columnSet == ColumnSet.FULL_ROW
        ? List.of(0, 1, 2, 3)
        : table().columnSet(columnSet).orElseThrow().fieldIds().stream().map(id -> id - 1).toList();
  }

  @Test
  void aWholeDeleteLeavesNothing() {
    // Given
    List<Change> log = new ArrayList<>();
    for (long seed = 0; log.size() < 200; seed++) {
      log.addAll(History.ofSeveralWriters(new Random(seed), table(), 1, 10));
    }
    MergeFunction function = MergeFunction.of(table());
    byte[] state = null;
    for (Change change : log) {
      state = function.merge(state, change.columnSet(), change.value());

      // When
      byte[] deleted = function.merge(state, ColumnSet.FULL_ROW, RowEncoder.delete(1));
      byte[] shown = function.row(deleted);
      for (ColumnSet set : table().columnSets()) {
        deleted = function.merge(deleted, set.id(), null);
      }

      // Then
      assertThat(shown).isNull();
      assertThat(deleted).as("before the last tombstone, which the log alone needs").isNull();
    }
  }

  @Test
  void columnsThatWereWidenedAreConvertedInFullRowsAndUpdatesAlike() {
    // Given
    TableInfo old = table();
    List<Column> columns = new ArrayList<>(old.columns());
    columns.set(0, new Column.Physical(1, "total", new BigIntType(), null));
    TableInfo now = old.withColumns(columns, old.nextFieldId());
    byte[] oldRow =
        KeyedSchema.of(old)
            .rowEncoder()
            .encode(GenericRowData.of(7, 1L, StringData.fromString("before"), 5L, null));
    byte[] oldUpdate =
        KeyedSchema.of(old).rowEncoder(AMOUNT_AND_NOTE.fieldIds()).encode(row(8, "after", null));
    byte[] newUpdate =
        KeyedSchema.of(now)
            .rowEncoder(AMOUNT_AND_NOTE.fieldIds())
            .encode(GenericRowData.of(1L << 40, 1L, StringData.fromString("new"), null, null));

    // When
    RowData ofNow = updated(MergeFunction.of(now), now, oldRow, oldUpdate);
    RowData mixed = updated(MergeFunction.of(now), now, oldRow, newUpdate);
    MergeFunction planned = MergeFunction.of(old, SchemaHistory.of(now));
    byte[] state = planned.merge(planned.merge(null, ColumnSet.FULL_ROW, oldRow), 1, newUpdate);

    // Then
    assertThat(ofNow.getLong(0)).isEqualTo(8);
    assertThat(mixed.getLong(0)).isEqualTo(1L << 40);
    assertThat(mixed.getLong(2)).isEqualTo(5);
    assertThatThrownBy(() -> planned.row(state))
        .hasMessageContaining(
            "column 'amount' has the value 1099511627776, which does not fit INT");
  }

  @Test
  void columnsThatWereAddedSinceAreKeptAndFilled() {
    // Given
    TableInfo old = table();
    TableInfo now = MergeFixtures.withColumn(old, 9, "rating");
    byte[] oldRow =
        KeyedSchema.of(old)
            .rowEncoder()
            .encode(GenericRowData.of(7, 1L, StringData.fromString("before"), 5L, null));
    RowEncoder oldUpdates = KeyedSchema.of(old).rowEncoder(AMOUNT_AND_NOTE.fieldIds());
    byte[] oldUpdate = oldUpdates.encode(row(8, "after", null));
    byte[] newRow = KeyedSchema.of(now).rowEncoder().encode(row(1, "new", 4));
    MergeFunction function = MergeFunction.of(now);

    // When
    RowData widened = updated(function, now, oldRow, oldUpdate);
    RowData kept = updated(function, now, newRow, oldUpdate);

    // Then
    assertThat(widened.getArity()).isEqualTo(MergeFixtures.VALUE_COLUMNS + 1);
    assertThat(widened.getInt(0)).isEqualTo(8);
    assertThat(widened.getString(1)).hasToString("after");
    assertThat(widened.getLong(2)).isEqualTo(5);
    assertThat(widened.isNullAt(4)).isTrue();
    assertThat(kept.getInt(0)).isEqualTo(8);
    assertThat(kept.getInt(4)).isEqualTo(4);
  }

  @Test
  void refusesASchemaVersionThatCameLater() {
    // Given
    TableInfo now = MergeFixtures.withColumn(table(), 9, "rating");
    byte[] value = KeyedSchema.of(now).rowEncoder().encode(row(1, "new", 4));
    MergeFunction function = MergeFunction.of(table());

    byte[] state = function.merge(value, AMOUNT_AND_NOTE.id(), RowEncoder.partialDelete(1));

    // When, Then
    assertThatThrownBy(() -> function.row(state))
        .isInstanceOf(FlussException.class)
        .hasMessage(
            "A record of table 'shop.orders' has schema version 2, which the table never had; it had"
                + " 1 when this job was planned. Only writers of tables may write to a table's"
                + " topic.");
  }

  @Test
  void refusesAColumnSetThatIsNotRegistered() {
    // Given
    MergeFunction function = MergeFunction.of(table());

    // When, Then
    assertThatThrownBy(() -> function.merge(null, 9, null))
        .isInstanceOf(UnknownColumnSetException.class)
        .hasMessageStartingWith("A record updates column set 9,");
  }

  @Test
  void refusesARecordOfAColumnSetThatDeletesTheRow() {
    // Given
    MergeFunction function = MergeFunction.of(table());

    // When, Then
    assertThatThrownBy(() -> function.merge(null, 1, RowEncoder.delete(1)))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessage(
            "Cannot read value: its kind is DELETE, and a record of column set 1 is of kind ROW or"
                + " PARTIAL_DELETE");
  }

  @Test
  void refusesADamagedState() {
    // Given
    MergeFunction function = MergeFunction.of(table());
    byte[] update =
        KeyedSchema.of(table()).rowEncoder(AMOUNT_AND_NOTE.fieldIds()).encode(row(3, "x", null));
    byte[] state = function.merge(null, AMOUNT_AND_NOTE.id(), update);

    for (int length = ValueHeader.BYTES + 1; length < state.length; length++) {
      byte[] cut = Arrays.copyOf(state, length);

      // When, Then
      assertThatThrownBy(() -> function.row(cut)).isInstanceOf(CorruptBatchException.class);
      assertThatThrownBy(() -> function.merge(cut, 2, null))
          .isInstanceOf(CorruptBatchException.class);
    }
    state[ValueHeader.BYTES] = (byte) 0x80;
    assertThatThrownBy(() -> function.row(state))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessage(
            "Cannot read state: a layer of it is of column set 128, and there are 0 to 127");
  }

  @Test
  void aColumnThatMayNotBeNullIsNullUntilItIsWritten() {
    // Given
    TableInfo table = MergeFixtures.withoutNulls(table());
    byte[] update =
        KeyedSchema.of(table).rowEncoder(AMOUNT_AND_NOTE.fieldIds()).encode(row(3, "x", null));

    // When
    MergeFunction function = MergeFunction.of(table);
    byte[] row = function.row(function.merge(null, AMOUNT_AND_NOTE.id(), update));

    // Then
    assertThat(MergeFixtures.decoded(table, row)).isEqualTo(Arrays.asList(3, "x", null, null));
  }

  private static RowData row(int amount, String note, @Nullable Integer rating) {
    return GenericRowData.of(amount, 1L, StringData.fromString(note), null, null, rating);
  }

  private static RowData updated(
      MergeFunction function, TableInfo table, byte[] row, byte[] update) {
    byte[] state = function.merge(row, AMOUNT_AND_NOTE.id(), update);
    return KeyedSchema.of(table).rowReader().read(function.row(state));
  }
}
