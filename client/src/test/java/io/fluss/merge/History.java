package io.fluss.merge;

import io.fluss.format.key.KeyEncoder;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.RowEncoder;
import io.fluss.table.ColumnSet;
import io.fluss.table.TableInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** Random logs: rows, partial updates and deletes, with few values and many nulls. */
final class History {

  private static final int SMALL = 3;
  private static final int WRITERS = 3;

  private final Random random;
  private final TableInfo table;
  private final KeyEncoder keys;
  private final RowEncoder rows;

  /** Records of one change, which follow one another. */
  private final Deque<Change> changes = new ArrayDeque<>();

  private History(Random random, TableInfo table) {
    KeyedSchema schema = KeyedSchema.of(table);
    this.random = random;
    this.table = table;
    this.keys = schema.keyEncoder();
    this.rows = schema.rowEncoder();
  }

  /** The records of each change are in the log as today's writers send them. */
  static List<Change> ofOneWriter(Random random, TableInfo table, int keys, int operations) {
    History writer = new History(random, table);
    List<Change> log = new ArrayList<>();
    for (int i = 0; i < operations; i++) {
      writer.operate(random.nextInt(keys), true);
      log.addAll(writer.changes);
      writer.changes.clear();
    }
    return log;
  }

  /**
   * The records of several writers in any order, but each one's in its own. Writers die between the
   * records of a delete and go on with something else, and some delete as old ones did.
   */
  static List<Change> ofSeveralWriters(Random random, TableInfo table, int keys, int operations) {
    List<History> writers =
        IntStream.range(0, WRITERS).mapToObj(i -> new History(random, table)).toList();
    List<Change> log = new ArrayList<>();
    int left = operations;
    while (left > 0) {
      History writer = writers.get(random.nextInt(WRITERS));
      if (writer.changes.isEmpty()) {
        writer.operate(random.nextInt(keys), random.nextInt(4) > 0);
        left--;
      }
      log.add(writer.changes.remove());
      if (random.nextInt(10) == 0) {
        writer.changes.clear();
      }
    }
    return log;
  }

  private void operate(long id, boolean withMarkers) {
    ColumnSet set =
        table.columnSets().isEmpty()
            ? null
            : table.columnSets().get(random.nextInt(table.columnSets().size()));
    int choice = random.nextInt(6);
    if (choice == 0) {
      delete(id, withMarkers);
    } else if (choice < 3 || set == null) {
      add(id, ColumnSet.FULL_ROW, Change.Kind.ROW, rows);
    } else if (choice < 5) {
      add(id, set.id(), Change.Kind.ROW, KeyedSchema.of(table).rowEncoder(set.fieldIds()));
    } else {
      add(id, set.id(), Change.Kind.PARTIAL_DELETE, null);
    }
  }

  private void delete(long id, boolean withMarker) {
    boolean marked = withMarker && !table.columnSets().isEmpty();
    add(id, ColumnSet.FULL_ROW, marked ? Change.Kind.DELETE : Change.Kind.TOMBSTONE, null);
    table.columnSets().forEach(set -> add(id, set.id(), Change.Kind.TOMBSTONE, null));
    if (marked) {
      add(id, ColumnSet.FULL_ROW, Change.Kind.TOMBSTONE, null);
    }
  }

  private void add(long id, int columnSet, Change.Kind kind, @Nullable RowEncoder encoder) {
    Integer amount = random.nextBoolean() ? null : random.nextInt(SMALL);
    String note = random.nextBoolean() ? null : "n".repeat(random.nextInt(SMALL));
    Long version = random.nextBoolean() ? null : (long) random.nextInt(SMALL);
    TimestampData seen =
        random.nextBoolean() ? null : TimestampData.fromEpochMillis(1, random.nextInt(SMALL));
    GenericRowData row =
        GenericRowData.of(
            amount, id, note == null ? null : StringData.fromString(note), version, seen);
    byte[] value =
        switch (kind) {
          case ROW -> encoder.encode(row);
          case PARTIAL_DELETE -> RowEncoder.partialDelete(table.schemaVersion());
          case DELETE -> RowEncoder.delete(table.schemaVersion());
          case TOMBSTONE -> null;
        };
    changes.add(
        new Change(
            id,
            columnSet,
            kind,
            Arrays.asList(amount, note, version, seen),
            keys.encode(row, columnSet),
            value));
  }

  /**
   * What may be left of a log after compaction, in some rounds: records that a later one of their
   * Kafka key replaces go or stay, and so do tombstones that have nothing left to hide.
   */
  static List<Change> compacted(Random random, List<Change> log) {
    List<Change> left = new ArrayList<>(log);
    for (int round = random.nextInt(4); round >= 0; round--) {
      for (int i = 0; i < left.size(); i++) {
        if (removable(left, i) && random.nextInt(3) > 0) {
          left.remove(i--);
        }
      }
    }
    return left;
  }

  private static boolean removable(List<Change> log, int index) {
    Change change = log.get(index);
    boolean replaced = log.subList(index + 1, log.size()).stream().anyMatch(change::sameKafkaKey);
    return replaced
        || change.kind() == Change.Kind.TOMBSTONE
            && log.subList(0, index).stream().noneMatch(change::sameKafkaKey);
  }
}
