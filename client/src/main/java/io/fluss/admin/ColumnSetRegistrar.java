package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.metadata.DatabaseImage;
import io.fluss.metadata.MetadataRecord;
import io.fluss.metadata.MetadataStore;
import io.fluss.options.MergeEngine;
import io.fluss.options.TableOptions;
import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TableState;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Adds column sets to records of tables, by compare-and-set. A set is never changed or removed, and
 * no two have the same columns. Finds tables by their id, so it does not mind that one is renamed.
 * Thread-safe.
 */
final class ColumnSetRegistrar {

  private final MetadataStore store;

  ColumnSetRegistrar(MetadataStore store) {
    this.store = store;
  }

  /**
   * The column set with these fields, registered if it was not.
   *
   * @throws TableNotFoundException where the table is gone
   * @throws FlussException where the table has no such set and can have none
   */
  ColumnSetRegistration register(TableInfo table, SortedSet<Integer> fieldIds) {
    long now = Clock.systemUTC().millis();
    DatabaseImage image =
        store.change(
            table.path().database(), seen -> registration(require(seen, table), fieldIds, now));
    TableInfo registered = require(image, table);
    ColumnSet set = registered.columnSetOf(fieldIds).orElseThrow();
    return new ColumnSetRegistration(registered, set, set.registeredAtMillis() == now);
  }

  private static List<MetadataRecord> registration(
      TableInfo table, SortedSet<Integer> fieldIds, long nowMillis) {
    if (table.columnSetOf(fieldIds).isPresent()) {
      return List.of();
    }
    requirePossible(table, fieldIds);
    int last = table.columnSets().stream().mapToInt(ColumnSet::id).max().orElse(0);
    if (last == ColumnSet.MAX_ID) {
      throw refused(
          table,
          fieldIds,
          "it has "
              + table.columnSets().size()
              + " column sets, and there can be no more. Update the columns of a set that others"
              + " update already, or write full rows.");
    }
    return List.of(
        MetadataRecord.put(
            table.withColumnSet(new ColumnSet(last + 1, List.copyOf(fieldIds), nowMillis))));
  }

  private static void requirePossible(TableInfo table, SortedSet<Integer> fieldIds) {
    if (!table.hasPrimaryKey()) {
      throw refused(table, fieldIds, "it is a log table. Partial updates need a primary key.");
    }
    if (table.mergeEngine() != MergeEngine.LAST_ROW) {
      throw refused(
          table,
          fieldIds,
          "'"
              + TableOptions.MERGE_ENGINE.key()
              + "' = '"
              + table.mergeEngine().name().toLowerCase(Locale.ROOT)
              + "' keeps whole rows. Write all of its columns.");
    }
    List<Integer> values = table.valueFields().stream().map(SchemaVersion.Field::fieldId).toList();
    if (fieldIds.isEmpty() || !values.containsAll(fieldIds)) {
      throw refused(
          table,
          fieldIds,
          "a partial update has one or more stored columns beside the primary key. Those are: "
              + names(table, values)
              + ".");
    }
  }

  private static FlussException refused(
      TableInfo table, SortedSet<Integer> fieldIds, String reason) {
    return new FlussException(
        "Columns ("
            + names(table, fieldIds)
            + ") of table '"
            + table.path()
            + "' cannot be updated without the others: "
            + reason);
  }

  private static String names(TableInfo table, Iterable<Integer> fieldIds) {
    Map<Integer, SchemaVersion.Field> fields =
        table.currentSchema().fields().stream()
            .collect(Collectors.toMap(SchemaVersion.Field::fieldId, Function.identity()));
    StringBuilder names = new StringBuilder();
    for (int id : fieldIds) {
      names.append(names.isEmpty() ? "" : ", ");
      names.append(fields.containsKey(id) ? fields.get(id).name() : "unknown field " + id);
    }
    return names.toString();
  }

  static TableInfo require(DatabaseImage image, TableInfo table) {
    return find(image, table).orElseThrow(() -> new TableNotFoundException(table.path()));
  }

  /** The table with this id, under whichever name, unless it is on its way out. */
  static Optional<TableInfo> find(DatabaseImage image, TableInfo table) {
    return TableLifecycle.readable(image)
        .filter(t -> t.id().equals(table.id()) && t.state() != TableState.DROPPING)
        .findFirst();
  }
}
