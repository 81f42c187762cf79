package io.fluss.lake.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluss.FlussException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;

/**
 * The files of a split as JSON, format version {@value #VERSION}. It is kept in checkpoints, so
 * every version that was ever written has to be read for good.
 */
final class SplitDescription {

  static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode tasks;

  private SplitDescription(JsonNode tasks) {
    this.tasks = tasks;
  }

  static byte[] write(List<FileTask> tasks, Map<Integer, PartitionSpec> specs) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    ArrayNode array = root.putArray("tasks");
    for (FileTask task : tasks) {
      ObjectNode node = array.addObject();
      node.set("file", FileJson.write(task.file().copyWithoutStats(), specs));
      ArrayNode deletes = node.putArray("deletes");
      task.deletes().forEach(d -> deletes.add(FileJson.write(d.copyWithoutStats(), specs)));
      node.put("start", task.start());
      node.put("length", task.length());
    }
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws FlussException where it is of another version or not well-formed
   */
  static SplitDescription read(byte[] description) {
    try {
      JsonNode root = JSON.readTree(description);
      int version = root.path("version").asInt(-1);
      if (version != VERSION) {
        throw new FlussException(
            "A split of an Iceberg table has format version "
                + version
                + ", and this version reads "
                + VERSION
                + " only. Restore the job with a version that is at least as new as the one that"
                + " took the checkpoint.");
      }
      return new SplitDescription(root.path("tasks"));
    } catch (IOException e) {
      throw new FlussException("A split of an Iceberg table cannot be read: " + e.getMessage(), e);
    }
  }

  /** The partition specs that are needed to understand it. */
  Set<Integer> specIds() {
    Set<Integer> ids = new HashSet<>();
    tasks.forEach(
        task -> {
          ids.add(FileJson.specId(task.path("file")));
          task.path("deletes").forEach(d -> ids.add(FileJson.specId(d)));
        });
    return ids;
  }

  /**
   * @param specs of the table, by id; those of {@link #specIds} at least
   */
  List<FileTask> tasks(Map<Integer, PartitionSpec> specs) {
    List<FileTask> result = new ArrayList<>();
    for (JsonNode task : tasks) {
      List<DeleteFile> deletes = new ArrayList<>();
      task.path("deletes").forEach(d -> deletes.add((DeleteFile) FileJson.read(d, specs)));
      result.add(
          new FileTask(
              (DataFile) FileJson.read(task.path("file"), specs),
              deletes,
              task.path("start").asLong(),
              task.path("length").asLong()));
    }
    return result;
  }
}
