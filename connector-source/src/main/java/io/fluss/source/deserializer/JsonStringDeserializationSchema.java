package io.fluss.source.deserializer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fluss.json.RowToJson;
import java.io.IOException;
import java.io.StringWriter;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.types.logical.RowType;

/**
 * Each record as a JSON object; see {@link io.fluss.json} for the values.
 *
 * <pre>{@code
 * {"offset":42,"timestamp":1750161600000,"change_type":"+I","row":{"order_id":7,"amount":12.50}}
 * }</pre>
 */
@PublicEvolving
public final class JsonStringDeserializationSchema implements FlussDeserializationSchema<String> {

  private static final long serialVersionUID = 1L;

  @Nullable private transient JsonFactory json;
  @Nullable private transient RowToJson rows;

  @Override
  public void open(InitializationContext context) {
    json = new JsonFactory();
    rows = RowToJson.of(context.rowType());
  }

  @Override
  public String deserialize(LogRecord record) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = json.createGenerator(text)) {
      generator.writeStartObject();
      generator.writeNumberField("offset", record.offset());
      generator.writeNumberField("timestamp", record.timestamp());
      generator.writeStringField("change_type", record.changeType().shortString());
      generator.writeFieldName("row");
      rows.write(record.row(), generator);
      generator.writeEndObject();
    }
    return text.toString();
  }

  /**
   * @throws IllegalArgumentException where a column has no form in JSON
   */
  @Override
  public TypeInformation<String> getProducedType(RowType rowType) {
    RowToJson.of(rowType);
    return Types.STRING;
  }
}
