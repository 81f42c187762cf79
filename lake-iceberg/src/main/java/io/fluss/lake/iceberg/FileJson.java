package io.fluss.lake.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Files of a table in Iceberg's JSON of them. Numbers that JSON does not have, which partition
 * values can be, stand there as strings, and Iceberg itself does not read those back.
 */
final class FileJson {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PARTITION = "partition";

  private FileJson() {}

  static JsonNode write(ContentFile<?> file, Map<Integer, PartitionSpec> specs) {
    String json = ContentFileParser.toJson(file, specs.get(file.specId()));
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Iceberg describes a file in broken JSON: " + json, e);
    }
  }

  /**
   * @throws IllegalArgumentException where it is not well-formed, or of a spec that is not known
   */
  static ContentFile<?> read(JsonNode file, Map<Integer, PartitionSpec> specs) {
    PartitionSpec spec = specs.get(specId(file));
    if (spec == null) {
      throw new IllegalArgumentException("there is no partition spec " + specId(file));
    }
    return ContentFileParser.fromJson(withNumbers(file, spec.partitionType()), specs);
  }

  static int specId(JsonNode file) {
    return file.path("spec-id").asInt();
  }

  private static JsonNode withNumbers(JsonNode file, Types.StructType partitionType) {
    JsonNode partition = file.path(PARTITION);
    ObjectNode changed = null;
    for (int i = 0; i < partitionType.fields().size(); i++) {
      Type type = partitionType.fields().get(i).type();
      String value = partition.path(i).asText();
      if (partition.path(i).isTextual() && type.typeId() == Type.TypeID.FLOAT) {
        changed = changed == null ? file.deepCopy() : changed;
        ((ArrayNode) changed.get(PARTITION)).set(i, FloatNode.valueOf(Float.parseFloat(value)));
      } else if (partition.path(i).isTextual() && type.typeId() == Type.TypeID.DOUBLE) {
        changed = changed == null ? file.deepCopy() : changed;
        ((ArrayNode) changed.get(PARTITION)).set(i, DoubleNode.valueOf(Double.parseDouble(value)));
      }
    }
    return changed == null ? file : changed;
  }
}
