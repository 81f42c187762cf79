package io.fluss.format.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.table.SchemaVersion;
import io.fluss.table.SchemaVersion.Field;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

class KeyedRowTest {
  private static final Field NAME = new Field(1, "name", new VarCharType(20));
  private static final Field ID = new Field(2, "id", new BigIntType(false));
  private static final Field AREA = new Field(3, "area", new VarCharType(false, 20));
  private static final Field AGE = new Field(4, "age", new IntType());

  /** The key's order is not that of the columns. */
  private static final KeyedSchema OLD = schema(1, NAME, ID, AREA);

  private static final KeyedSchema NEW = schema(2, NAME, ID, AREA, AGE);
  private static final GenericRowData ROW = GenericRowData.of(text("Ada"), 7L, text("north"), 36);

  @Test
  void columnsComeFromKeyAndValueInTheOrderOfTheProjection() {
    // Given
    KeyedRowReader reader = NEW.reader(List.of(AGE, ID, NAME, AREA));

    // When
    KeyedRow row = reader.row(key(), NEW.rowEncoder().encode(ROW));
    row.setRowKind(RowKind.UPDATE_AFTER);

    // Then
    assertThat(row).hasToString("+U(36, 7, Ada, north)");
    assertThat(row.getArity()).isEqualTo(4);
    assertThat(row.isNullAt(0)).isFalse();
  }

  @Test
  void columnsYoungerThanTheValueAreNull() {
    // Given
    KeyedRowReader reader = OLD.reader(List.of(NAME, AGE));

    // When
    RowData row = reader.row(key(), OLD.rowEncoder().encode(ROW));

    // Then
    assertThat(row).hasToString("+I(Ada, null)");
  }

  @Test
  void deleteHasItsKeyAlone() {
    // Given
    KeyedRowReader reader = NEW.reader(NEW.schema().fields());

    // When
    KeyedRow row = reader.delete(key());

    // Then
    assertThat(row).hasToString("-D(null, 7, north, null)").isEqualTo(reader.delete(key()));
  }

  @Test
  void columnSetHoldsItsColumnsInTheOrderOfTheSchema() {
    // Given
    Set<Integer> set = Set.of(4, 1, 99);

    // When
    byte[] value = NEW.rowEncoder(set).encode(ROW);

    // Then
    RowData row = NEW.rowReader(set).read(value);
    assertThat(row.getArity()).isEqualTo(2);
    assertThat(row.getString(0)).isEqualTo(text("Ada"));
    assertThat(row.getInt(1)).isEqualTo(36);
  }

  @Test
  void schemaWithoutAKeyColumnIsRefused() {
    assertThatThrownBy(() -> schema(5, NAME, ID))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Schema version 5 has no column with field id 3.");
  }

  private static byte[] key() {
    return NEW.keyEncoder().encode(ROW, 0);
  }

  private static KeyedSchema schema(int version, Field... fields) {
    return new KeyedSchema(
        new SchemaVersion(version, List.of(fields)), List.of(AREA.fieldId(), ID.fieldId()));
  }

  private static StringData text(String text) {
    return StringData.fromString(text);
  }
}
