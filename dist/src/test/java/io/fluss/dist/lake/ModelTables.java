package io.fluss.dist.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tables of the model, each of another kind. */
final class ModelTables {

  private static final int KEYS = 25;
  private static final int MOST_ROWS = 12;

  private ModelTables() {}

  static List<ModelTable> all() {
    return List.of(new Events(), new Days(), new States(), new Parts());
  }

  private static String values(List<String> rows) {
    return " VALUES " + String.join(", ", rows);
  }

  /** A log table. */
  private static final class Events implements ModelTable {

    private final List<String> rows = new ArrayList<>();
    private long next;

    @Override
    public String name() {
      return "events";
    }

    @Override
    public String definition() {
      return "(id BIGINT, text STRING)";
    }

    @Override
    public String columns() {
      return "id, text";
    }

    @Override
    public List<String> firstStatements() {
      return List.of(nextStatement(new Random(0)));
    }

    @Override
    public String nextStatement(Random random) {
      return "INSERT INTO events" + values(some(random));
    }

    private List<String> some(Random random) {
      return IntStream.rangeClosed(0, random.nextInt(MOST_ROWS))
          .mapToObj(
              i -> {
                long id = next++;
                rows.add("+I[" + id + ", text " + id + "]");
                return "(CAST(" + id + " AS BIGINT), 'text " + id + "')";
              })
          .toList();
    }

    @Override
    public List<String> rows() {
      return rows;
    }
  }

  /** A partitioned log table with a bucket key. */
  private static final class Days implements ModelTable {

    private final List<String> rows = new ArrayList<>();
    private int next;

    @Override
    public String name() {
      return "days";
    }

    @Override
    public String definition() {
      return "(id INT, dt STRING) PARTITIONED BY (dt)";
    }

    @Override
    public String columns() {
      return "id, dt";
    }

    @Override
    public List<String> firstStatements() {
      return List.of(nextStatement(new Random(0)));
    }

    @Override
    public String nextStatement(Random random) {
      List<String> some =
          IntStream.rangeClosed(0, random.nextInt(MOST_ROWS))
              .mapToObj(
                  i -> {
                    int id = next++;
                    String day = "d" + random.nextInt(3);
                    rows.add("+I[" + id + ", " + day + "]");
                    return "(" + id + ", '" + day + "')";
                  })
              .toList();
      return "INSERT INTO days" + values(some);
    }

    @Override
    public List<String> rows() {
      return rows;
    }
  }

  /** A primary-key table of whole rows, with deletes. */
  private static final class States implements ModelTable {

    private final Map<Integer, String> rows = new TreeMap<>();
    private int next;

    @Override
    public String name() {
      return "states";
    }

    @Override
    public String definition() {
      return "(id INT, a STRING, b INT, PRIMARY KEY (id) NOT ENFORCED)";
    }

    @Override
    public String columns() {
      return "id, a, b";
    }

    @Override
    public List<String> firstStatements() {
      return List.of(nextStatement(new Random(0)));
    }

    @Override
    public String nextStatement(Random random) {
      if (random.nextInt(3) == 0) {
        int id = random.nextInt(KEYS);
        rows.remove(id);
        return "DELETE FROM states WHERE id = " + id;
      }
      Map<Integer, String> some = new TreeMap<>();
      IntStream.rangeClosed(0, random.nextInt(MOST_ROWS))
          .forEach(
              i -> {
                int id = random.nextInt(KEYS);
                int version = next++;
                rows.put(id, "+I[" + id + ", a" + version + ", " + version + "]");
                some.put(id, "(" + id + ", 'a" + version + "', " + version + ")");
              });
      return "INSERT INTO states" + values(List.copyOf(some.values()));
    }

    @Override
    public List<String> rows() {
      return List.copyOf(rows.values());
    }
  }

  /** A primary-key table whose columns are filled apart, with deletes. */
  private static final class Parts implements ModelTable {

    private final Map<Integer, String[]> rows = new TreeMap<>();
    private int next;

    @Override
    public String name() {
      return "parts";
    }

    @Override
    public String definition() {
      return "(id INT, a STRING, b INT, PRIMARY KEY (id) NOT ENFORCED)";
    }

    @Override
    public String columns() {
      return "id, a, b";
    }

    @Override
    public List<String> firstStatements() {
      return List.of(partial(0, 0), partial(1, 1), whole(2));
    }

    @Override
    public String nextStatement(Random random) {
      int id = random.nextInt(KEYS);
      return switch (random.nextInt(4)) {
        case 0 -> {
          rows.remove(id);
          yield "DELETE FROM parts WHERE id = " + id;
        }
        case 1 -> whole(id);
        case 2 -> partial(id, 0);
        default -> partial(id, 1);
      };
    }

    private String whole(int id) {
      int version = next++;
      rows.put(id, new String[] {"a" + version, String.valueOf(version)});
      return "INSERT INTO parts VALUES (%d, 'a%d', %d)".formatted(id, version, version);
    }

    private String partial(int id, int column) {
      int version = next++;
      rows.computeIfAbsent(id, i -> new String[2])[column] =
          column == 0 ? "a" + version : String.valueOf(version);
      return column == 0
          ? "INSERT INTO parts (id, a) VALUES (%d, 'a%d')".formatted(id, version)
          : "INSERT INTO parts (id, b) VALUES (%d, %d)".formatted(id, version);
    }

    @Override
    public List<String> rows() {
      return rows.entrySet().stream()
          .map(e -> "+I[" + e.getKey() + ", " + e.getValue()[0] + ", " + e.getValue()[1] + "]")
          .collect(Collectors.toList());
    }
  }
}
