package io.fluss.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluss.FlussException;
import io.fluss.partition.PartitionName;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;

/**
 * The JSON form of lake offsets, format version {@value #VERSION}; specified in {@code
 * docs/format/lake.md}. It stands in snapshots of lake tables and in the metadata of a database.
 */
public final class LakeOffsetsJson {

  /** The version written and the only one read. */
  public static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private LakeOffsetsJson() {}

  public static String write(LakeOffsets offsets) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    ArrayNode topics = root.putArray("topics");
    for (TopicOffsets topic : offsets.topics()) {
      ObjectNode entry = topics.addObject();
      if (topic.partition() != null) {
        ArrayNode partition = entry.putArray("partition");
        topic.partition().values().forEach(partition::add);
      }
      entry.put("topicId", topic.topicId());
      ArrayNode next = entry.putArray("next");
      topic.next().forEach(next::add);
      entry.put("maxTimestamp", topic.maxTimestampMillis());
      if (topic.hasFormerRows()) {
        entry.put("formerRows", true);
      }
    }
    return root.toString();
  }

  /**
   * Reads lake offsets.
   *
   * @param where they were found, for messages: {@code snapshot 5 of lake table 'shop.orders'}
   * @throws FlussException where they are of another version or not well-formed
   */
  public static LakeOffsets read(String where, String json) {
    try {
      JsonNode root = JSON.readTree(json);
      int version = root.path("version").asInt(-1);
      if (version != VERSION) {
        throw new FlussException(
            "The lake offsets in "
                + where
                + " have format version "
                + version
                + ", and this version reads "
                + VERSION
                + " only. Use a client that is at least as new as the one that wrote them.");
      }
      List<TopicOffsets> topics = new ArrayList<>();
      for (JsonNode entry : root.path("topics")) {
        List<Long> next = new ArrayList<>();
        entry.path("next").forEach(n -> next.add(number(n)));
        topics.add(
            new TopicOffsets(
                partition(entry.get("partition")),
                text(entry.get("topicId")),
                next,
                number(entry.path("maxTimestamp")),
                entry.path("formerRows").asBoolean(false)));
      }
      return new LakeOffsets(topics);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new FlussException(
          "The lake offsets in " + where + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Nullable
  private static PartitionName partition(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    }
    List<String> values = new ArrayList<>();
    node.forEach(v -> values.add(v.asText()));
    return new PartitionName(values);
  }

  private static String text(@Nullable JsonNode node) {
    if (node == null || !node.isTextual()) {
      throw new IllegalArgumentException("a topic has no 'topicId'");
    }
    return node.asText();
  }

  private static long number(JsonNode node) {
    if (!node.isIntegralNumber()) {
      throw new IllegalArgumentException("'" + node + "' is not an offset or a time");
    }
    return node.asLong();
  }
}
