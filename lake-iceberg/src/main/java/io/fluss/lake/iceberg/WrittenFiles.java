package io.fluss.lake.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluss.FlussException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;

/**
 * What a writer has finished with: files that no snapshot has yet. It goes to the committer as JSON
 * of format version {@value #VERSION}.
 *
 * @param rows files with rows
 * @param deletes deletion vectors for rows of the snapshot {@code positionsOf}
 * @param replacedDeletes deletion vectors that {@code deletes} contain and replace
 * @param positionsOf the snapshot in which old rows were looked up; null where there was none, and
 *     of log tables
 */
record WrittenFiles(
    List<DataFile> rows,
    List<DeleteFile> deletes,
    List<DeleteFile> replacedDeletes,
    @Nullable Long positionsOf) {

  static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  WrittenFiles {
    rows = List.copyOf(rows);
    deletes = List.copyOf(deletes);
    replacedDeletes = List.copyOf(replacedDeletes);
  }

  /** Rows alone. */
  static WrittenFiles ofRows(List<DataFile> rows) {
    return new WrittenFiles(rows, List.of(), List.of(), null);
  }

  /** The files that were made; several deletion vectors may be in one. */
  Set<String> locations() {
    Set<String> locations = new LinkedHashSet<>();
    rows.forEach(f -> locations.add(f.location()));
    deletes.forEach(f -> locations.add(f.location()));
    return locations;
  }

  byte[] toBytes(Map<Integer, PartitionSpec> specs) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    add(root.putArray("rows"), rows, specs);
    add(root.putArray("deletes"), deletes, specs);
    add(root.putArray("replacedDeletes"), replacedDeletes, specs);
    if (positionsOf != null) {
      root.put("positionsOf", positionsOf);
    }
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void add(
      ArrayNode array,
      Collection<? extends ContentFile<?>> files,
      Map<Integer, PartitionSpec> specs) {
    files.forEach(file -> array.add(FileJson.write(file, specs)));
  }

  /**
   * @param specs of the table, by id
   * @throws FlussException where it is of another version or not well-formed
   */
  static WrittenFiles read(byte[] bytes, Map<Integer, PartitionSpec> specs) {
    try {
      JsonNode root = JSON.readTree(bytes);
      int version = root.path("version").asInt(-1);
      if (version != VERSION) {
        throw new FlussException(
            "What a writer has finished with has format version "
                + version
                + ", and this version reads "
                + VERSION
                + " only. All tasks of the tiering job have to run the same version.");
      }
      List<DataFile> rows = new ArrayList<>();
      List<DeleteFile> deletes = new ArrayList<>();
      List<DeleteFile> replaced = new ArrayList<>();
      root.path("rows").forEach(n -> rows.add((DataFile) FileJson.read(n, specs)));
      root.path("deletes").forEach(n -> deletes.add((DeleteFile) FileJson.read(n, specs)));
      root.path("replacedDeletes").forEach(n -> replaced.add((DeleteFile) FileJson.read(n, specs)));
      return new WrittenFiles(
          rows,
          deletes,
          replaced,
          root.has("positionsOf") ? root.get("positionsOf").asLong() : null);
    } catch (IOException | IllegalArgumentException e) {
      throw new FlussException(
          "What a writer has finished with cannot be read: " + e.getMessage(), e);
    }
  }
}
