package io.fluss.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class FilterTest {

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.BIGINT()),
                  DataTypes.FIELD("region", DataTypes.STRING()),
                  DataTypes.FIELD("amount", DataTypes.DECIMAL(10, 2)),
                  DataTypes.FIELD("day", DataTypes.DATE()),
                  DataTypes.FIELD("tags", DataTypes.ARRAY(DataTypes.STRING())))
              .getLogicalType();

  @Test
  void meansWhatSqlWouldSay() {
    // Given
    Filter filter =
        Filter.and(
            Filter.in("region", "eu", "us"),
            Filter.or(
                Filter.between("amount", 10, new BigDecimal("99.5")), Filter.isNull("amount")),
            Filter.not(Filter.less("day", LocalDate.of(2025, 6, 17))),
            Filter.notEqual("id", 7),
            Filter.like("region", "e%"));

    // When
    String sql = filter.over(TYPE).toString();

    // Then
    assertThat(sql)
        .isEqualTo(
            "(region IN ('eu', 'us') AND ((amount >= 10 AND amount <= 99.5) OR amount IS NULL) AND"
                + " NOT (day < DATE '2025-06-17') AND id <> 7 AND region LIKE 'e%')");
  }

  @Test
  void everythingThatDoesNotGoWithTheTableIsReported() {
    // Given
    Filter filter =
        Filter.and(
            Filter.equal("regoin", "eu"),
            Filter.equal("day", "2025-06-17"),
            Filter.equal("tags", "a"),
            Filter.equal("id", null));

    // When // Then
    assertThatThrownBy(() -> filter.over(TYPE))
        .isInstanceOf(FlussException.class)
        .hasMessage(
            """
            The filter cannot be used:
            - There is no column 'regoin'. Columns: [id, region, amount, day, tags].
            - Column 'day' is DATE and cannot be compared with 2025-06-17 (String); it can with LocalDate.
            - Column 'tags' is ARRAY<STRING>, and conditions are about columns of scalar types.
            - Column 'id' is compared with null, which no row matches. Use isNull or isNotNull.""");
  }
}
