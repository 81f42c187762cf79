package io.fluss.testkit.lake;

import io.fluss.FlussException;
import io.fluss.lake.LakeConflictException;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeSnapshot;
import io.fluss.partition.PartitionName;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The tables of one lake in memory, and what a test wants to happen to its commits. Thread-safe.
 */
public final class MemoryLake {

  private static final Map<String, MemoryLake> LAKES = new ConcurrentHashMap<>();

  private final Map<TablePath, Content> tables = new ConcurrentHashMap<>();
  private volatile Consumer<TablePath> beforeCommit = path -> {};
  private volatile Consumer<TablePath> afterCommit = path -> {};

  private MemoryLake() {}

  /** The lake of this name; made when it is first asked for. */
  public static MemoryLake named(String name) {
    return LAKES.computeIfAbsent(name, n -> new MemoryLake());
  }

  /** What happens from now on before each commit; it may throw, or wait. */
  public void beforeCommit(Consumer<TablePath> action) {
    beforeCommit = action;
  }

  /** What happens from now on after each commit that succeeded; it may throw, or wait. */
  public void afterCommit(Consumer<TablePath> action) {
    afterCommit = action;
  }

  /** How many snapshots the table has; 0 where there is no such table. */
  public int snapshots(TablePath table) {
    Content content = tables.get(table);
    return content == null ? 0 : content.snapshotCount();
  }

  /** Whether the lake has such a table. */
  public boolean exists(TablePath table) {
    return tables.containsKey(table);
  }

  void create(TableInfo table) {
    Content found = tables.computeIfAbsent(table.path(), p -> new Content(table));
    if (!found.tableId.equals(table.id())) {
      if (found.snapshotCount() > 0) {
        throw anotherTable(table);
      }
      tables.replace(table.path(), found, new Content(table));
    } else {
      found.follow(table);
    }
  }

  private static FlussException anotherTable(TableInfo table) {
    return new FlussException(
        "Lake table '"
            + table.path()
            + "' is of another table, which had this name before. Drop the lake table if nobody"
            + " needs its rows.");
  }

  /**
   * The content of a table.
   *
   * @return null where there is none
   */
  @Nullable
  Content find(TableInfo table) {
    Content content = tables.get(table.path());
    if (content != null && !content.tableId.equals(table.id())) {
      throw anotherTable(table);
    }
    return content;
  }

  LakeSnapshot commit(TableInfo table, List<MemoryFile> files, LakeOffsets from, LakeOffsets to) {
    Content content = find(table);
    if (content == null) {
      throw new FlussException("There is no lake table '" + table.path() + "'.");
    }
    beforeCommit.accept(table.path());
    LakeSnapshot committed = content.commit(table, files, from, to);
    afterCommit.accept(table.path());
    return committed;
  }

  /** The type that rows are stored with: keys of deletes have nulls elsewhere. */
  static RowType storedType(TableInfo table, SchemaVersion schema) {
    return new RowType(
        LakeSchema.rowType(table.inSchema(schema)).getFields().stream()
            .map(f -> new RowType.RowField(f.getName(), nullable(f.getType())))
            .toList());
  }

  private static LogicalType nullable(LogicalType type) {
    return type.copy(true);
  }

  /**
   * A stored row.
   *
   * @param key of a primary-key table, else null
   * @param schema of the table when it was written
   * @param row encoded with {@link #storedType}; null for a delete
   */
  record StoredRow(
      @Nullable PartitionName partition,
      int bucket,
      @Nullable byte[] key,
      SchemaVersion schema,
      @Nullable byte[] row) {}

  /** What one writer has written. */
  record MemoryFile(List<StoredRow> rows) {}

  /** The snapshots of one table, each with all rows. */
  static final class Content {

    private final UUID tableId;
    private SchemaVersion schema;
    private final List<LakeSnapshot> snapshots = new ArrayList<>();
    private final List<List<StoredRow>> rows = new ArrayList<>();

    Content(TableInfo table) {
      this.tableId = table.id();
      this.schema = table.currentSchema();
    }

    private synchronized void follow(TableInfo table) {
      if (schema.version() < table.schemaVersion()) {
        schema = table.currentSchema();
      }
    }

    synchronized SchemaVersion schema() {
      return schema;
    }

    synchronized int snapshotCount() {
      return snapshots.size();
    }

    @Nullable
    synchronized LakeSnapshot latest() {
      return snapshots.isEmpty() ? null : snapshots.get(snapshots.size() - 1);
    }

    synchronized List<StoredRow> rows(long snapshot) {
      return rows.get((int) snapshot - 1);
    }

    private synchronized LakeSnapshot commit(
        TableInfo table, List<MemoryFile> files, LakeOffsets from, LakeOffsets to) {
      LakeSnapshot latest = latest();
      LakeOffsets found = latest == null ? LakeOffsets.NONE : latest.offsets();
      if (!found.equals(from)) {
        throw LakeConflictException.of(table.path().toString(), from, found);
      }
      List<StoredRow> before = latest == null ? List.of() : rows.get(rows.size() - 1);
      List<StoredRow> added = files.stream().flatMap(f -> f.rows().stream()).toList();
      rows.add(table.hasPrimaryKey() ? upserted(before, added) : appended(before, added));
      LakeSnapshot snapshot =
          new LakeSnapshot(snapshots.size() + 1, to, System.currentTimeMillis());
      snapshots.add(snapshot);
      return snapshot;
    }

    private static List<StoredRow> appended(List<StoredRow> before, List<StoredRow> added) {
      return Stream.concat(before.stream(), added.stream()).toList();
    }

    private static List<StoredRow> upserted(List<StoredRow> before, List<StoredRow> added) {
      Map<List<Object>, StoredRow> byKey = new HashMap<>();
      Stream.concat(before.stream(), added.stream())
          .forEach(
              row -> {
                List<Object> key =
                    Arrays.asList(row.partition(), java.nio.ByteBuffer.wrap(row.key()));
                if (row.row() == null) {
                  byKey.remove(key);
                } else {
                  byKey.put(key, row);
                }
              });
      return List.copyOf(byKey.values());
    }
  }
}
