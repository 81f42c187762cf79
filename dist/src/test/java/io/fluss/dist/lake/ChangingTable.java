package io.fluss.dist.lake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table whose columns change, and what has to be in it: values by what a column is for good. */
final class ChangingTable {

  private static final int MOST_COLUMNS = 7;

  /**
   * A column.
   *
   * @param identity stays when the name does not
   */
  record Column(int identity, String name, String type) {}

  private final String name;
  private final boolean keyed;
  private final List<Column> columns = new ArrayList<>();
  private final Map<Integer, Map<Integer, String>> rows = new TreeMap<>();
  private int nextIdentity = 3;
  private int nextId;
  private int nextValue;

  /**
   * @param keyed whether {@code id} is a primary key
   */
  ChangingTable(String name, boolean keyed) {
    this.name = name;
    this.keyed = keyed;
    columns.add(new Column(0, "id", "INT"));
    columns.add(new Column(1, "c1", "INT"));
    columns.add(new Column(2, "c2", "STRING"));
  }

  String name() {
    return name;
  }

  String definition() {
    return "(id INT, c1 INT, c2 STRING" + (keyed ? ", PRIMARY KEY (id) NOT ENFORCED)" : ")");
  }

  /** As they are now. */
  List<Column> columns() {
    return List.copyOf(columns);
  }

  String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** The rows as Flink shows them to whoever knows these columns. */
  List<String> rows(List<Column> known) {
    return rows.values().stream()
        .map(
            row ->
                known.stream()
                    .map(c -> row.getOrDefault(c.identity(), "null"))
                    .collect(Collectors.joining(", ", "+I[", "]")))
        .toList();
  }

  /** The next random ALTER TABLE; columns are as if it had been executed. */
  String alter(Random random) {
    String alter = "ALTER TABLE " + name + " ";
    int place = 1 + random.nextInt(columns.size() - 1);
    Column column = columns.get(place);
    int kind = random.nextInt(4);
    if (kind == 1 && columns.size() > 2) {
      columns.remove(place);
      return alter + "DROP " + column.name();
    }
    if (kind == 2) {
      String newName = "r" + nextIdentity++;
      columns.set(place, new Column(column.identity(), newName, column.type()));
      return alter + "RENAME " + column.name() + " TO " + newName;
    }
    if (kind == 3 && column.type().equals("INT")) {
      columns.set(place, new Column(column.identity(), column.name(), "BIGINT"));
      return alter + "MODIFY " + column.name() + " BIGINT";
    }
    if (columns.size() >= MOST_COLUMNS) {
      columns.remove(place);
      return alter + "DROP " + column.name();
    }
    int identity = nextIdentity++;
    Column added = new Column(identity, "c" + identity, random.nextBoolean() ? "INT" : "STRING");
    columns.add(place, added);
    return alter
        + "ADD "
        + added.name()
        + " "
        + added.type()
        + " AFTER "
        + columns.get(place - 1).name();
  }

  /** The next random rows, of the columns as they are now. */
  String insert(Random random, int keys) {
    Map<Integer, String> some = new TreeMap<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int id = keyed ? random.nextInt(keys) : nextId++;
      some.put(id, row(id, columns));
    }
    return "INSERT INTO " + name + " VALUES " + String.join(", ", some.values());
  }

  /**
   * A row for a job that was planned with these columns, and that copies a table.
   *
   * @param feed that table, which has these columns too
   */
  String insertByOldJob(String feed, List<Column> planned) {
    return "INSERT INTO " + feed + " VALUES " + row(nextId++, planned);
  }

  private String row(int id, List<Column> known) {
    Map<Integer, String> row = new HashMap<>();
    List<String> literals = new ArrayList<>();
    IntStream.range(0, known.size())
        .forEach(
            i -> {
              Column column = known.get(i);
              int value = column.identity() == 0 ? id : nextValue++;
              boolean text = column.type().equals("STRING");
              row.put(column.identity(), text ? "v" + value : String.valueOf(value));
              literals.add(text ? "'v" + value + "'" : String.valueOf(value));
            });
    rows.put(id, row);
    return "(" + String.join(", ", literals) + ")";
  }
}
