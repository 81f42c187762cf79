package io.fluss.admin;

import io.fluss.format.row.ValueHeader;
import io.fluss.format.schema.TypeWidening;
import io.fluss.options.TableOptions;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The columns of a table on their way to what somebody wants. A change that would make rows
 * unreadable that are there, or that jobs which run write on, is refused with the reason, and the
 * next one is looked at.
 */
final class AlteredSchema {

  private static final String OF_THE_PAST =
      "another column had this name before, and the lake may still know it by that. Choose another"
          + " name.";

  private final TableInfo table;
  private final List<Column> columns;
  private final List<String> problems;
  private List<Watermark> watermarks;
  private int nextFieldId;

  private AlteredSchema(TableInfo table, List<String> problems) {
    this.table = table;
    this.columns = new ArrayList<>(table.columns());
    this.watermarks = table.watermarks();
    this.nextFieldId = table.nextFieldId();
    this.problems = problems;
  }

  /**
   * The table with these changes, but for those that cannot be.
   *
   * @param problems takes why not, each a sentence
   */
  static TableInfo of(TableInfo table, List<SchemaChange> changes, List<String> problems) {
    AlteredSchema altered = new AlteredSchema(table, problems);
    changes.forEach(altered::apply);
    return altered.result();
  }

  private TableInfo result() {
    TableInfo result =
        table.withColumns(columns, nextFieldId).described(watermarks, table.comment());
    if (result.schemaVersion() > ValueHeader.MAX_SCHEMA_VERSION) {
      problems.add(
          "The columns were changed "
              + ValueHeader.MAX_SCHEMA_VERSION
              + " times, and records cannot name more versions. Create a new table and copy.");
    }
    return result;
  }

  private void apply(SchemaChange change) {
    if (change instanceof SchemaChange.Add add) {
      add(add.column(), add.position());
    } else if (change instanceof SchemaChange.Drop drop) {
      drop(drop.column());
    } else if (change instanceof SchemaChange.Rename rename) {
      rename(rename.column(), rename.newName());
    } else if (change instanceof SchemaChange.ChangeType type) {
      changeType(type.column(), type.type());
    } else if (change instanceof SchemaChange.ChangeComment comment) {
      find(comment.column(), "get another comment")
          .ifPresent(c -> replace(c, commented(c, comment.comment())));
    } else if (change instanceof SchemaChange.Move move) {
      find(move.column(), "be moved").ifPresent(c -> move(c, move.position()));
    } else if (change instanceof SchemaChange.Replace replace) {
      replaceUnstored(replace.name(), replace.column());
    } else if (change instanceof SchemaChange.SetWatermark set) {
      watermarks = List.of(set.watermark());
    } else {
      watermarks = List.of();
    }
  }

  // -------------------------------------------------------------------------------- the changes

  private void add(Column column, SchemaChange.Position position) {
    if (position(column.name()) >= 0) {
      problems.add("Column '" + column.name() + "' cannot be added: the table has one already.");
      return;
    }
    if (column instanceof Column.Physical stored && !stored.type().isNullable()) {
      problems.add(
          "Column '"
              + column.name()
              + "' cannot be added as "
              + stored.type().asSummaryString()
              + ": rows that are there, and those of jobs that run, have no value for it. Leave out"
              + " NOT NULL.");
      return;
    }
    if (isOfThePast(column.name())) {
      problems.add("Column '" + column.name() + "' cannot be added: " + OF_THE_PAST);
      return;
    }
    Column added =
        column instanceof Column.Physical stored
            ? new Column.Physical(nextFieldId++, stored.name(), stored.type(), stored.comment())
            : column;
    int place = place(added.name(), position);
    if (place >= 0) {
      columns.add(place, added);
    }
  }

  private void drop(String name) {
    Optional<Column> found = find(name, "be dropped");
    if (found.isEmpty()) {
      return;
    }
    List<String> reasons = roles(found.get());
    reasons.addAll(columnSets(found.get()));
    if (refuse("Column '" + name + "' cannot be dropped", reasons)) {
      return;
    }
    columns.remove(found.get());
  }

  private void rename(String name, String newName) {
    Optional<Column> found = find(name, "be renamed to '" + newName + "'");
    if (found.isEmpty() || name.equals(newName)) {
      return;
    }
    List<String> reasons = roles(found.get());
    if (position(newName) >= 0) {
      reasons.add("the table has a column '" + newName + "' already.");
    }
    if (isOfThePast(newName)) {
      reasons.add(OF_THE_PAST);
    }
    if (!refuse("Column '" + name + "' cannot be renamed to '" + newName + "'", reasons)) {
      replace(found.get(), named(found.get(), newName));
    }
  }

  private void changeType(String name, LogicalType type) {
    Optional<Column> found = find(name, "get another type");
    if (found.isEmpty()) {
      return;
    }
    LogicalType wanted = table.primaryKey().contains(name) ? type.copy(false) : type;
    String what = "Column '" + name + "' cannot become " + wanted.asSummaryString();
    if (!(found.get() instanceof Column.Physical column)) {
      refuse(what, List.of("its type follows from what it shows, for it is not stored."));
      return;
    }
    if (wanted.equals(column.type())) {
      return;
    }
    List<String> reasons = new ArrayList<>();
    boolean sameValues = TypeWidening.isSame(column.type(), wanted);
    if (!sameValues && isPlacing(name)) {
      reasons.add(
          "it decides where a row is, and rows that are there would be looked for elsewhere.");
    } else if (!sameValues && table.versionColumn().filter(name::equals).isPresent()) {
      reasons.add(isVersionColumn());
    } else if (!TypeWidening.widens(column.type(), wanted)) {
      reasons.add(
          "it is "
              + column.type().asSummaryString()
              + ", and not each value of that is one of the new type. Types can be widened: "
              + TypeWidening.RULE
              + ".");
    }
    if (column.type().isNullable() && !wanted.isNullable()) {
      reasons.add("it may be null, and rows that are there may have no value.");
    }
    if (!refuse(what, reasons)) {
      replace(column, new Column.Physical(column.fieldId(), name, wanted, column.comment()));
    }
  }

  private void replaceUnstored(String name, Column wanted) {
    Optional<Column> found = find(name, "become another");
    if (found.isEmpty()) {
      return;
    }
    List<String> reasons = new ArrayList<>();
    if (found.get() instanceof Column.Physical || wanted instanceof Column.Physical) {
      reasons.add(
          "a column that is stored does not become one that is not, nor the other way round. Drop"
              + " it and add another.");
    }
    if (!wanted.name().equals(name) && position(wanted.name()) >= 0) {
      reasons.add("the table has a column '" + wanted.name() + "' already.");
    }
    if (!refuse("Column '" + name + "' cannot be changed", reasons)) {
      replace(found.get(), wanted);
    }
  }

  private void move(Column column, SchemaChange.Position position) {
    int from = columns.indexOf(column);
    columns.remove(from);
    int place = place(column.name(), position);
    columns.add(place >= 0 ? place : from, column);
  }

  private int place(String name, SchemaChange.Position position) {
    if (position instanceof SchemaChange.Position.First) {
      return 0;
    }
    if (position instanceof SchemaChange.Position.After after) {
      int before = position(after.column());
      if (before < 0) {
        problems.add(
            "Column '"
                + name
                + "' cannot be put behind '"
                + after.column()
                + "': the table has no such column.");
      }
      return before < 0 ? before : before + 1;
    }
    return columns.size();
  }

  // -------------------------------------------------------------------------------- the reasons

  /** Lakes are changed by names: one that comes back could be taken for the one that went. */
  private boolean isOfThePast(String name) {
    return table.options().containsKey(TableOptions.DATALAKE_FORMAT.key())
        && Stream.concat(table.pastSchemas().stream(), Stream.of(table.currentSchema()))
            .flatMap(schema -> schema.fields().stream())
            .anyMatch(field -> field.name().equals(name));
  }

  /** Why a column has to keep its name. */
  private List<String> roles(Column column) {
    String name = column.name();
    List<String> reasons = new ArrayList<>();
    if (column instanceof Column.Physical) {
      if (table.primaryKey().contains(name)) {
        reasons.add("it is of the primary key.");
      }
      if (table.partitionKeys().contains(name)) {
        reasons.add("the table is partitioned by it.");
      }
      if (table.bucketKey().contains(name) && !table.primaryKey().contains(name)) {
        reasons.add("it is of the bucket key.");
      }
      if (table.versionColumn().filter(name::equals).isPresent()) {
        reasons.add(isVersionColumn());
      }
      if (isNamedByStatistics(name)) {
        reasons.add(
            "'"
                + TableOptions.STATISTICS_COLUMNS.key()
                + "' names it. Set that option without it first.");
      }
    }
    for (Column other : columns) {
      if (other instanceof Column.Computed computed
          && computed != column
          && mentions(computed.expression(), name)) {
        reasons.add("computed column '" + other.name() + "' uses it.");
      }
    }
    for (Watermark w : watermarks) {
      if (w.rowtimeColumn().equals(name) || mentions(w.expression(), name)) {
        reasons.add("the watermark uses it.");
      }
    }
    return reasons;
  }

  /** A row may be there because of this column alone, so it would vanish for new readers only. */
  private List<String> columnSets(Column column) {
    boolean updated =
        column instanceof Column.Physical stored
            && table.columnSets().stream().anyMatch(s -> s.fieldIds().contains(stored.fieldId()));
    return updated
        ? List.of("jobs have updated it without the other columns, and may still do so.")
        : List.of();
  }

  private String isVersionColumn() {
    return "'" + TableOptions.VERSION_COLUMN.key() + "' names it.";
  }

  private boolean isPlacing(String name) {
    return table.primaryKey().contains(name)
        || table.partitionKeys().contains(name)
        || table.bucketKey().contains(name);
  }

  private boolean isNamedByStatistics(String name) {
    String named = table.options().get(TableOptions.STATISTICS_COLUMNS.key());
    return named != null
        && List.of(named.split(",")).stream().map(String::strip).toList().contains(name);
  }

  /** Expressions are stored with their columns in backticks. */
  private static boolean mentions(String expression, String name) {
    return expression.contains("`" + name.replace("`", "``") + "`");
  }

  private boolean refuse(String what, List<String> reasons) {
    reasons.forEach(reason -> problems.add(what + ": " + reason));
    return !reasons.isEmpty();
  }

  // -------------------------------------------------------------------------------- the columns

  private Optional<Column> find(String name, String what) {
    int position = position(name);
    if (position < 0) {
      problems.add(
          "Column '"
              + name
              + "' cannot "
              + what
              + ": the table has no such column. Its columns: "
              + String.join(", ", columns.stream().map(Column::name).toList())
              + ".");
      return Optional.empty();
    }
    return Optional.of(columns.get(position));
  }

  private int position(String name) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).name().equals(name))
        .findFirst()
        .orElse(-1);
  }

  private void replace(Column column, Column other) {
    columns.set(columns.indexOf(column), other);
  }

  private static Column named(Column column, String name) {
    if (column instanceof Column.Physical p) {
      return new Column.Physical(p.fieldId(), name, p.type(), p.comment());
    }
    if (column instanceof Column.Computed c) {
      return new Column.Computed(name, c.expression(), c.type(), c.comment());
    }
    Column.Metadata m = (Column.Metadata) column;
    String key = m.key() == null ? m.name() : m.key();
    return new Column.Metadata(name, m.type(), key, m.virtual(), m.comment());
  }

  private static Column commented(Column column, @Nullable String comment) {
    if (column instanceof Column.Physical p) {
      return new Column.Physical(p.fieldId(), p.name(), p.type(), comment);
    }
    if (column instanceof Column.Computed c) {
      return new Column.Computed(c.name(), c.expression(), c.type(), comment);
    }
    Column.Metadata m = (Column.Metadata) column;
    return new Column.Metadata(m.name(), m.type(), m.key(), m.virtual(), comment);
  }
}
