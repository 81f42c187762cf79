package io.fluss.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.RowEncoder;
import io.fluss.table.ColumnSet;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;

class LastValuesTest extends MergeFunctionContract {

  private static final ColumnSet AMOUNT_AND_NOTE = MergeFixtures.COLUMN_SETS.get(0);

  @Override
  TableInfo table() {
    return MergeFixtures.table(Map.of(), MergeFixtures.COLUMN_SETS);
  }

  @Override
  @Nullable
  List<Object> after(@Nullable List<Object> row, Change change) {
    if (change.columnSet() == ColumnSet.FULL_ROW) {
      return change.kind() == Change.Kind.ROW ? change.values() : null;
    }
    List<Object> after =
        new ArrayList<>(row == null ? Collections.nCopies(MergeFixtures.VALUE_COLUMNS, null) : row);
    boolean hasValues = change.kind() == Change.Kind.ROW;
    for (int fieldId : table().columnSet(change.columnSet()).orElseThrow().fieldIds()) {
      int column = fieldId - 1;
      after.set(column, hasValues ? change.values().get(column) : null);
    }
    return hasValues || after.stream().anyMatch(Objects::nonNull) ? after : null;
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
    RowData widened = read(now, function.merge(oldRow, AMOUNT_AND_NOTE.id(), oldUpdate));
    RowData kept = read(now, function.merge(newRow, AMOUNT_AND_NOTE.id(), oldUpdate));

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

    // When, Then
    assertThatThrownBy(() -> function.merge(value, AMOUNT_AND_NOTE.id(), null))
        .isInstanceOf(FlussException.class)
        .hasMessage(
            "A record of table 'shop.orders' has schema version 2, and the table had version 1"
                + " when this query was planned: its columns were changed since. Start the query"
                + " again, so that it reads the table as it is now.");
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
  void aColumnThatMayNotBeNullIsNullUntilItIsWritten() {
    // Given
    TableInfo table = MergeFixtures.withoutNulls(table());
    byte[] update =
        KeyedSchema.of(table).rowEncoder(AMOUNT_AND_NOTE.fieldIds()).encode(row(3, "x", null));

    // When
    byte[] state = MergeFunction.of(table).merge(null, AMOUNT_AND_NOTE.id(), update);

    // Then
    assertThat(MergeFixtures.decoded(table, state)).isEqualTo(Arrays.asList(3, "x", null, null));
  }

  private static RowData row(int amount, String note, @Nullable Integer rating) {
    return GenericRowData.of(amount, 1L, StringData.fromString(note), null, null, rating);
  }

  private static RowData read(TableInfo table, byte[] state) {
    return KeyedSchema.of(table).rowReader().read(state);
  }
}
