package io.fluss.sink.serializer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluss.FlussException;
import io.fluss.json.JsonToRow;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * JSON objects, each a row that is appended, or upserted: {@code {"order_id":7,"amount":12.50}}.
 * See {@link io.fluss.json} for the values. A column without a field is null; a field that is no
 * column fails the job.
 */
@PublicEvolving
public final class JsonStringSerializationSchema implements FlussSerializationSchema<String> {

  private static final long serialVersionUID = 1L;

  private transient OperationType operation;
  @Nullable private transient ObjectMapper mapper;
  @Nullable private transient JsonToRow rows;

  @Override
  public void open(InitializationContext context) {
    operation = context.primaryKey().isEmpty() ? OperationType.APPEND : OperationType.UPSERT;
    mapper = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    rows = JsonToRow.of(context.rowType(), context.columns());
  }

  @Override
  public RowWithOp serialize(String value) {
    return new RowWithOp(rows.row(parse(value)), operation);
  }

  private JsonNode parse(String text) {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new FlussException("Not JSON: " + e.getOriginalMessage() + ", in: " + text, e);
    }
  }
}
