package io.fluss.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluss.format.arrow.ArrowSchemas;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.table.Watermark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/**
 * The JSON form of a table record, format version {@value #VERSION}; specified in {@code
 * docs/format/metadata.md}. The path is not part of it: it is the key of the record.
 *
 * <p>The Arrow schema of each schema version is written for readers of other software and not read
 * here: it follows from the columns.
 */
public final class TableInfoJson {

  /** The version written and the only one read. */
  public static final int VERSION = 1;

  /** The option under which a table's record reaches the table factories; never shown to users. */
  public static final String OPTION = "fluss.table-info";

  private static final ObjectMapper JSON = new ObjectMapper();

  private TableInfoJson() {}

  public static String write(TableInfo table) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("id", table.id().toString());
    root.put("state", table.state().name().toLowerCase(Locale.ROOT));
    root.put("topic", table.topic());
    putIfPresent(root, "topicId", table.topicId());
    root.put("schemaVersion", table.schemaVersion());
    root.put("arrowSchema", ArrowSchemas.schemaMessage(table.rowType()));
    ArrayNode columns = root.putArray("columns");
    table.columns().forEach(c -> writeColumn(columns.addObject(), c));
    ArrayNode watermarks = root.putArray("watermarks");
    for (Watermark w : table.watermarks()) {
      watermarks
          .addObject()
          .put("rowtime", w.rowtimeColumn())
          .put("expression", w.expression())
          .put("type", w.type());
    }
    ArrayNode past = root.putArray("pastSchemas");
    table.pastSchemas().forEach(s -> writeSchema(past.addObject(), s));
    root.put("nextFieldId", table.nextFieldId());
    writeStrings(root.putArray("primaryKey"), table.primaryKey());
    if (!table.columnSets().isEmpty()) {
      ArrayNode sets = root.putArray("columnSets");
      table.columnSets().forEach(s -> writeColumnSet(sets.addObject(), s));
    }
    writeStrings(root.putArray("partitionKeys"), table.partitionKeys());
    writeStrings(root.putArray("bucketKey"), table.bucketKey());
    root.put("buckets", table.buckets());
    root.put("bucketFunction", table.bucketFunction().id());
    ObjectNode options = root.putObject("options");
    table.options().forEach(options::put);
    putIfPresent(root, "comment", table.comment());
    root.put("createdAt", table.createdAtMillis());
    return root.toString();
  }

  /**
   * Reads a table record.
   *
   * @throws InvalidMetadataException where it is of another version or not well-formed
   */
  public static TableInfo read(TablePath path, String json) {
    try {
      JsonNode root = JSON.readTree(json);
      int version = required(root, "version").asInt(-1);
      if (version != VERSION) {
        throw new InvalidMetadataException(
            "The metadata record of table '"
                + path
                + "' has format version "
                + version
                + ", and this version reads "
                + VERSION
                + " only. Use a client that is at least as new as the one that wrote it.");
      }
      return new TableInfo(
          UUID.fromString(text(root, "id")),
          path,
          TableState.valueOf(text(root, "state").toUpperCase(Locale.ROOT)),
          text(root, "topic"),
          optional(root, "topicId"),
          required(root, "schemaVersion").asInt(),
          list(root, "columns").stream().map(TableInfoJson::readColumn).toList(),
          list(root, "watermarks").stream()
              .map(w -> new Watermark(text(w, "rowtime"), text(w, "expression"), text(w, "type")))
              .toList(),
          list(root, "pastSchemas").stream().map(SchemaVersionJson::read).toList(),
          required(root, "nextFieldId").asInt(),
          strings(root, "primaryKey"),
          root.has("columnSets")
              ? list(root, "columnSets").stream().map(TableInfoJson::readColumnSet).toList()
              : List.of(),
          strings(root, "partitionKeys"),
          strings(root, "bucketKey"),
          required(root, "buckets").asInt(),
          BucketFunction.of(text(root, "bucketFunction")),
          stringMap(required(root, "options")),
          optional(root, "comment"),
          required(root, "createdAt").asLong());
    } catch (JsonProcessingException | RuntimeException e) {
      if (e instanceof InvalidMetadataException invalid) {
        throw invalid;
      }
      throw new InvalidMetadataException(
          "The metadata record of table '"
              + path
              + "' cannot be read: "
              + e.getMessage()
              + ". The record is corrupt or was not written by this software.",
          e);
    }
  }

  private static void writeColumn(ObjectNode node, Column column) {
    node.put("name", column.name());
    if (column instanceof Column.Physical p) {
      node.put("kind", "physical").put("fieldId", p.fieldId()).put("type", typeString(p.type()));
    } else if (column instanceof Column.Computed c) {
      node.put("kind", "computed")
          .put("expression", c.expression())
          .put("type", typeString(c.type()));
    } else if (column instanceof Column.Metadata m) {
      node.put("kind", "metadata").put("type", typeString(m.type())).put("virtual", m.virtual());
      putIfPresent(node, "key", m.key());
    }
    putIfPresent(node, "comment", column.comment());
  }

  private static Column readColumn(JsonNode node) {
    String name = text(node, "name");
    String comment = optional(node, "comment");
    LogicalType type = type(text(node, "type"));
    return switch (text(node, "kind")) {
      case "physical" ->
          new Column.Physical(required(node, "fieldId").asInt(), name, type, comment);
      case "computed" -> new Column.Computed(name, text(node, "expression"), type, comment);
      case "metadata" ->
          new Column.Metadata(
              name, type, optional(node, "key"), required(node, "virtual").asBoolean(), comment);
      default ->
          throw new IllegalArgumentException(
              "column '" + name + "' has the unknown kind '" + text(node, "kind") + "'");
    };
  }

  private static void writeSchema(ObjectNode node, SchemaVersion schema) {
    SchemaVersionJson.write(node, schema);
    node.put("arrowSchema", ArrowSchemas.schemaMessage(schema.rowType()));
  }

  private static void writeColumnSet(ObjectNode node, ColumnSet set) {
    node.put("id", set.id());
    ArrayNode fields = node.putArray("fieldIds");
    set.fieldIds().forEach(fields::add);
    node.put("registeredAt", set.registeredAtMillis());
  }

  private static ColumnSet readColumnSet(JsonNode node) {
    return new ColumnSet(
        required(node, "id").asInt(),
        list(node, "fieldIds").stream().map(JsonNode::asInt).toList(),
        required(node, "registeredAt").asLong());
  }

  private static String typeString(LogicalType type) {
    return type.asSerializableString();
  }

  private static LogicalType type(String text) {
    return LogicalTypeParser.parse(text, TableInfoJson.class.getClassLoader());
  }

  private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  private static void writeStrings(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }

  private static JsonNode required(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("field '" + name + "' is missing");
    }
    return value;
  }

  private static String text(JsonNode node, String name) {
    return required(node, name).asText();
  }

  @Nullable
  private static String optional(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value.asText();
  }

  private static List<JsonNode> list(JsonNode node, String name) {
    List<JsonNode> values = new ArrayList<>();
    required(node, name).forEach(values::add);
    return values;
  }

  private static List<String> strings(JsonNode node, String name) {
    return list(node, name).stream().map(JsonNode::asText).toList();
  }

  private static Map<String, String> stringMap(JsonNode node) {
    Map<String, String> values = new LinkedHashMap<>();
    node.properties().forEach(e -> values.put(e.getKey(), e.getValue().asText()));
    return values;
  }
}
