package io.fluss.lake.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluss.metadata.InvalidMetadataException;
import io.fluss.table.TablePath;
import java.util.UUID;

/**
 * Who tiers a table, and until when it is his. Stored as JSON, format version {@value #VERSION};
 * specified in {@code docs/format/metadata.md}.
 *
 * @param tableId of the table; a lease on another table of this name means nothing
 * @param owner the job's own name of itself, another one for each run
 * @param epoch greater with each claim, never used twice for a table
 * @param untilMillis by the clock of the owner, epoch milliseconds; 0 where it was given back
 */
public record TieringLease(UUID tableId, String owner, long epoch, long untilMillis) {

  /** The version written and the only one read. */
  public static final int VERSION = 1;

  private static final long GIVEN_BACK = 0;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether the table is somebody's at this time. */
  public boolean isHeldAt(long nowMillis) {
    return nowMillis < untilMillis;
  }

  TieringLease renewed(long newUntilMillis) {
    return new TieringLease(tableId, owner, epoch, newUntilMillis);
  }

  TieringLease givenBack() {
    return renewed(GIVEN_BACK);
  }

  String toJson() {
    return JSON.createObjectNode()
        .put("version", VERSION)
        .put("tableId", tableId.toString())
        .put("owner", owner)
        .put("epoch", epoch)
        .put("until", untilMillis)
        .toString();
  }

  /**
   * Reads a lease record.
   *
   * @throws InvalidMetadataException where it is of another version or not well-formed
   */
  static TieringLease read(TablePath path, String json) {
    try {
      JsonNode root = JSON.readTree(json);
      int version = root.path("version").asInt(-1);
      if (version != VERSION
          || !root.path("owner").isTextual()
          || !root.path("epoch").isIntegralNumber()) {
        throw new InvalidMetadataException(
            "The record of the lease of table '"
                + path
                + "' is corrupt or of a format version other than "
                + VERSION
                + ", which is the one that this version reads: "
                + json
                + ". Use a client that is at least as new as the one that wrote it.");
      }
      return new TieringLease(
          UUID.fromString(root.path("tableId").asText()),
          root.path("owner").asText(),
          root.path("epoch").asLong(),
          root.path("until").asLong());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new InvalidMetadataException(
          "The record of the lease of table '" + path + "' cannot be read: " + e.getMessage(), e);
    }
  }
}
