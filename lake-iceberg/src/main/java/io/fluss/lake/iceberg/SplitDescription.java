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
 * The files of a split as JSON. It is kept in checkpoints, so every version that was ever written
 * has to be read for good: {@value #VERSION}, and {@value #CHANGED_COLUMNS}, which says which
 * version of the table's columns the lake table had when the split was planned. In the first one
 * that is 1.
 */
final class SplitDescription {

  static final int VERSION = 1;
  static final int CHANGED_COLUMNS = 2;

  private static final int FIRST_COLUMNS = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode tasks;
  private final int columns;

  private SplitDescription(JsonNode tasks, int columns) {
    this.tasks = tasks;
    this.columns = columns;
  }

  /**
   * @param columns which version of the table's columns the lake table has with the snapshot
   */
  static byte[] write(List<FileTask> tasks, Map<Integer, PartitionSpec> specs, int columns) {
    ObjectNode root = JSON.createObjectNode();
    if (columns == FIRST_COLUMNS) {
      root.put("version", VERSION);
    } else {
      root.put("version", CHANGED_COLUMNS);
      root.put("columns", columns);
    }
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
      if (version < VERSION || version > CHANGED_COLUMNS) {
        throw new FlussException(
            "A split of an Iceberg table has format version "
                + version
                + ", and this version reads "
                + VERSION
                + " to "
                + CHANGED_COLUMNS
                + " only. Restore the job with a version that is at least as new as the one that"
                + " took the checkpoint.");
      }
      return new SplitDescription(root.path("tasks"), root.path("columns").asInt(FIRST_COLUMNS));
    } catch (IOException e) {
      throw new FlussException("A split of an Iceberg table cannot be read: " + e.getMessage(), e);
    }
  }

  /** Which version of the table's columns the lake table had when the split was planned. */
  int columns() {
    return columns;
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
