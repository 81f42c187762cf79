package io.fluss.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluss.FlussException;
import io.fluss.table.SchemaVersion;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/**
 * The JSON form of a schema version, as it is in table records and in lake tables; specified in
 * {@code docs/format/metadata.md}.
 */
public final class SchemaVersionJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SchemaVersionJson() {}

  public static String write(SchemaVersion schema) {
    ObjectNode root = JSON.createObjectNode();
    write(root, schema);
    return root.toString();
  }

  static void write(ObjectNode node, SchemaVersion schema) {
    node.put("version", schema.version());
    ArrayNode fields = node.putArray("fields");
    for (SchemaVersion.Field f : schema.fields()) {
      fields
          .addObject()
          .put("fieldId", f.fieldId())
          .put("name", f.name())
          .put("type", f.type().asSerializableString());
    }
  }

  /**
   * @param what has it, for messages
   * @throws FlussException where it is not well-formed
   */
  public static SchemaVersion read(String what, String json) {
    try {
      return read(JSON.readTree(json));
    } catch (JsonProcessingException | RuntimeException e) {
      throw new FlussException(
          "What " + what + " says of its columns cannot be read: " + e.getMessage(), e);
    }
  }

  static SchemaVersion read(JsonNode node) {
    List<SchemaVersion.Field> fields = new ArrayList<>();
    for (JsonNode field : required(node, "fields")) {
      fields.add(
          new SchemaVersion.Field(
              required(field, "fieldId").asInt(),
              required(field, "name").asText(),
              LogicalTypeParser.parse(
                  required(field, "type").asText(), SchemaVersionJson.class.getClassLoader())));
    }
    return new SchemaVersion(required(node, "version").asInt(), fields);
  }

  private static JsonNode required(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("field '" + name + "' is missing");
    }
    return value;
  }
}
