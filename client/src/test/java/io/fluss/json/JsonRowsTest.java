package io.fluss.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluss.FlussException;
import java.io.StringWriter;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class JsonRowsTest {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("flag", DataTypes.BOOLEAN()),
                  DataTypes.FIELD("tiny", DataTypes.TINYINT()),
                  DataTypes.FIELD("big", DataTypes.BIGINT().notNull()),
                  DataTypes.FIELD("real", DataTypes.FLOAT()),
                  DataTypes.FIELD("precise", DataTypes.DOUBLE()),
                  DataTypes.FIELD("money", DataTypes.DECIMAL(20, 2)),
                  DataTypes.FIELD("text", DataTypes.STRING()),
                  DataTypes.FIELD("bytes", DataTypes.BYTES()),
                  DataTypes.FIELD("day", DataTypes.DATE()),
                  DataTypes.FIELD("time", DataTypes.TIME(3)),
                  DataTypes.FIELD("at", DataTypes.TIMESTAMP(6)),
                  DataTypes.FIELD("instant", DataTypes.TIMESTAMP_LTZ(3)),
                  DataTypes.FIELD("tags", DataTypes.ARRAY(DataTypes.STRING())),
                  DataTypes.FIELD(
                      "counts", DataTypes.MAP(DataTypes.STRING().notNull(), DataTypes.INT())),
                  DataTypes.FIELD("nested", DataTypes.ROW(DataTypes.FIELD("x", DataTypes.INT()))))
              .getLogicalType();

  @Test
  void rowsComeBackAsTheyWereWritten() throws Exception {
    // Given
    String json =
        """
        {"flag":true,"tiny":-1,"big":9007199254740993,"real":1.5,"precise":"NaN",\
        "money":123456789012345678.90,"text":"\u20ac","bytes":"AQI=","day":"1969-12-31",\
        "time":"23:59:59.999","at":"2025-06-17T01:02:03.000004","instant":"2025-06-17T01:02:03.004Z",\
        "tags":["a",null],"counts":{"k":7},"nested":{"x":null}}""";

    // When
    RowData row = JsonToRow.of(TYPE, TYPE.getFieldNames()).row(MAPPER.readTree(json));

    // Then
    assertThat(row.getLong(2)).isEqualTo(9007199254740993L);
    assertThat(write(row)).isEqualTo(json);
  }

  @Test
  void columnsWithoutAFieldAreNull() throws Exception {
    // When
    RowData row = JsonToRow.of(TYPE, TYPE.getFieldNames()).row(MAPPER.readTree("{\"big\":1}"));

    // Then
    assertThat(row.isNullAt(6)).isTrue();
    assertThat(row.getLong(2)).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsColumn() {
    // Given
    JsonToRow toRow = JsonToRow.of(TYPE, TYPE.getFieldNames());

    // When // Then
    assertThatThrownBy(() -> toRow.row(MAPPER.readTree("{}")))
        .isInstanceOf(FlussException.class)
        .hasMessage("Column 'big' is NOT NULL and the JSON has no value for it.");
    assertThatThrownBy(() -> toRow.row(MAPPER.readTree("{\"big\":1,\"tiny\":300}")))
        .hasMessage("Column 'tiny' is TINYINT and cannot be 300.");
    assertThatThrownBy(() -> toRow.row(MAPPER.readTree("{\"big\":1,\"money\":1.005}")))
        .hasMessage("Column 'money' is DECIMAL(20, 2) and cannot be 1.005.");
    assertThatThrownBy(() -> toRow.row(MAPPER.readTree("{\"big\":1,\"day\":\"today\"}")))
        .hasMessage("Column 'day' is DATE and cannot be \"today\".");
    assertThatThrownBy(() -> toRow.row(MAPPER.readTree("{\"big\":1,\"txt\":\"a\"}")))
        .hasMessageStartingWith("The JSON has fields [txt], which are none of the columns written");
  }

  private static String write(RowData row) throws Exception {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = MAPPER.getFactory().createGenerator(text)) {
      RowToJson.of(TYPE).write(row, json);
    }
    return text.toString();
  }
}
