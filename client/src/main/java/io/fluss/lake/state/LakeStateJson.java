package io.fluss.lake.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluss.FlussException;
import io.fluss.lake.LakeOffsetsJson;
import io.fluss.lake.LakeSnapshot;
import io.fluss.metadata.InvalidMetadataException;
import io.fluss.table.TablePath;
import java.util.UUID;
import javax.annotation.Nullable;

/**
 * The JSON form of a lake record, format version {@value #VERSION}; specified in {@code
 * docs/format/metadata.md}.
 */
public final class LakeStateJson {

  /** The version written and the only one read. */
  public static final int VERSION = 1;

  private static final String PARKED = "parked";
  private static final String FAILING = "failing";
  private static final ObjectMapper JSON = new ObjectMapper();

  private LakeStateJson() {}

  public static String write(LakeState state) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("tableId", state.tableId().toString());
    root.put("format", state.format());
    state.snapshot().ifPresent(s -> writeSnapshot(root.putObject("snapshot"), s));
    root.put("completeAt", state.completeAtMillis());
    state.problem().ifPresent(p -> writeProblem(root.putObject("problem"), p));
    if (state.gapAccepted()) {
      root.put("gapAccepted", true);
    }
    return root.toString();
  }

  private static void writeSnapshot(ObjectNode node, LakeSnapshot snapshot) {
    node.put("id", snapshot.id());
    node.put("committedAt", snapshot.committedAtMillis());
    try {
      node.set("offsets", JSON.readTree(LakeOffsetsJson.write(snapshot.offsets())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Lake offsets were not written as JSON.", e);
    }
  }

  private static void writeProblem(ObjectNode node, TieringProblem problem) {
    node.put("kind", problem instanceof TieringProblem.Parked ? PARKED : FAILING);
    node.put("reason", problem.reason());
    node.put("since", problem.sinceMillis());
    if (problem instanceof TieringProblem.Failing failing) {
      node.put("failures", failing.failures());
      node.put("retryAt", failing.retryAtMillis());
    }
  }

  /**
   * Reads a lake record.
   *
   * @throws InvalidMetadataException where it is of another version or not well-formed
   */
  public static LakeState read(TablePath path, String json) {
    try {
      JsonNode root = JSON.readTree(json);
      int version = root.path("version").asInt(-1);
      if (version != VERSION) {
        throw new InvalidMetadataException(
            "The record of the lake of table '"
                + path
                + "' has format version "
                + version
                + ", and this version reads "
                + VERSION
                + " only. Use a client that is at least as new as the one that wrote it.");
      }
      return new LakeState(
          UUID.fromString(text(root, "tableId")),
          text(root, "format"),
          snapshot(path, root.get("snapshot")),
          number(root, "completeAt"),
          problem(root.get("problem")),
          root.path("gapAccepted").asBoolean());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw unreadable(path, e);
    }
  }

  @Nullable
  private static LakeSnapshot snapshot(TablePath path, @Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    try {
      return new LakeSnapshot(
          number(node, "id"),
          LakeOffsetsJson.read(
              "the metadata of table '" + path + "'", node.path("offsets").toString()),
          number(node, "committedAt"));
    } catch (InvalidMetadataException e) {
      throw e;
    } catch (FlussException e) {
      throw unreadable(path, e);
    }
  }

  @Nullable
  private static TieringProblem problem(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    String kind = text(node, "kind");
    return switch (kind) {
      case PARKED -> new TieringProblem.Parked(text(node, "reason"), number(node, "since"));
      case FAILING ->
          new TieringProblem.Failing(
              text(node, "reason"),
              number(node, "since"),
              (int) number(node, "failures"),
              number(node, "retryAt"));
      default -> throw new IllegalArgumentException("problem '" + kind + "' is unknown");
    };
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("field '" + name + "' is missing");
    }
    return value.asText();
  }

  private static long number(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber()) {
      throw new IllegalArgumentException("field '" + name + "' is missing");
    }
    return value.asLong();
  }

  private static InvalidMetadataException unreadable(TablePath path, Exception e) {
    return new InvalidMetadataException(
        "The record of the lake of table '"
            + path
            + "' cannot be read: "
            + e.getMessage()
            + ". The record is corrupt or was not written by this software.",
        e);
  }
}
