package io.fluss.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON form of a database record, format version {@value #VERSION}; specified in {@code
 * docs/format/metadata.md}.
 */
public final class DatabaseInfoJson {

  /** The version written and the only one read. */
  public static final int VERSION = 1;

  private static final String READY = "ready";
  private static final String DROPPING = "dropping";
  private static final ObjectMapper JSON = new ObjectMapper();

  private DatabaseInfoJson() {}

  public static String write(DatabaseInfo database) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("state", database.dropping() ? DROPPING : READY);
    ObjectNode properties = root.putObject("properties");
    database.properties().forEach(properties::put);
    if (database.comment() != null) {
      root.put("comment", database.comment());
    }
    root.put("createdAt", database.createdAtMillis());
    return root.toString();
  }

  /**
   * Reads a database record.
   *
   * @throws InvalidMetadataException where it is of another version or not well-formed
   */
  public static DatabaseInfo read(String name, String json) {
    try {
      JsonNode root = JSON.readTree(json);
      int version = root.path("version").asInt(-1);
      if (version != VERSION) {
        throw new InvalidMetadataException(
            "The metadata record of database '"
                + name
                + "' has format version "
                + version
                + ", and this version reads "
                + VERSION
                + " only. Use a client that is at least as new as the one that wrote it.");
      }
      Map<String, String> properties = new LinkedHashMap<>();
      root.path("properties")
          .properties()
          .forEach(e -> properties.put(e.getKey(), e.getValue().asText()));
      return new DatabaseInfo(
          name,
          dropping(root.path("state").asText()),
          root.hasNonNull("comment") ? root.get("comment").asText() : null,
          properties,
          root.path("createdAt").asLong());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new InvalidMetadataException(
          "The metadata record of database '"
              + name
              + "' cannot be read: "
              + e.getMessage()
              + ". The record is corrupt or was not written by this software.",
          e);
    }
  }

  private static boolean dropping(String state) {
    return switch (state) {
      case READY -> false;
      case DROPPING -> true;
      default -> throw new IllegalArgumentException("state '" + state + "' is unknown");
    };
  }
}
