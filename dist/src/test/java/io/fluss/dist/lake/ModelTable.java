package io.fluss.dist.lake;

import java.util.List;
import java.util.Map;

/**
 * A table of the model. All have the columns {@code id}, {@code a} and {@code b}, those with
 * partitions {@code dt} as well.
 *
 * @param partitions values of {@code dt}, none where the table is not partitioned
 * @param options beside those that all have
 */
record ModelTable(String name, Kind kind, List<String> partitions, Map<String, String> options) {

  /** What a record of the log means to the rows. */
  enum Kind {
    /** It is a row. */
    LOG,
    /** The last one of a key is its row. */
    LAST_ROW,
    /** It sets some columns of a key, or all. */
    COLUMN_SETS,
    /** The first one of a key is its row. */
    FIRST_ROW,
    /** The one of a key with the greatest {@code b} is its row, the last of equals. */
    VERSIONED
  }

  private static final List<String> DAYS = List.of("d0", "d1", "d2", "d3");

  /** A table of each kind, half of them partitioned. */
  static List<ModelTable> all() {
    Map<String, String> compacted = Map.of("table.datalake.auto-compaction", "true");
    return List.of(
        new ModelTable(
            "events",
            Kind.LOG,
            List.of(),
            Map.of("bucket.key", "id", "table.datalake.auto-compaction", "true")),
        new ModelTable("days", Kind.LOG, DAYS, Map.of()),
        new ModelTable("states", Kind.LAST_ROW, List.of(), compacted),
        new ModelTable("regions", Kind.LAST_ROW, DAYS, Map.of()),
        new ModelTable("parts", Kind.COLUMN_SETS, List.of(), Map.of()),
        new ModelTable("shares", Kind.COLUMN_SETS, DAYS, Map.of()),
        new ModelTable("firsts", Kind.FIRST_ROW, DAYS, Map.of("table.merge-engine", "first_row")),
        new ModelTable(
            "versions",
            Kind.VERSIONED,
            List.of(),
            Map.of(
                "table.merge-engine",
                "versioned",
                "table.merge-engine.versioned.ver-column",
                "b")));
  }

  boolean isPartitioned() {
    return !partitions.isEmpty();
  }

  boolean hasPrimaryKey() {
    return kind != Kind.LOG;
  }

  /** Whether the last whole row of a key need not be its row. */
  boolean isFolded() {
    return hasPrimaryKey() && kind != Kind.LAST_ROW;
  }

  boolean deletes() {
    return kind == Kind.LAST_ROW || kind == Kind.COLUMN_SETS;
  }

  String createStatement() {
    StringBuilder statement =
        new StringBuilder("CREATE TABLE " + name + " (id INT, a STRING, b INT");
    if (isPartitioned()) {
      statement.append(", dt STRING");
    }
    if (hasPrimaryKey()) {
      statement.append(", PRIMARY KEY (id").append(isPartitioned() ? ", dt" : "");
      statement.append(") NOT ENFORCED");
    }
    statement.append(isPartitioned() ? ") PARTITIONED BY (dt)" : ")");
    statement.append(" WITH ('bucket.num' = '2', 'table.datalake.enabled' = 'true'");
    statement.append(", 'table.datalake.freshness' = '100 ms'");
    options.forEach((k, v) -> statement.append(", '" + k + "' = '" + v + "'"));
    return statement.append(")").toString();
  }

  /**
   * Its rows with its name first, in the columns that all tables have.
   *
   * @param suffix of the table that is read in its place
   */
  String select(String suffix) {
    return "SELECT '%s', id, a, b, %s FROM `%s%s`"
        .formatted(name, isPartitioned() ? "dt" : "CAST(NULL AS STRING)", name, suffix);
  }

  /** A row as the model compares it. */
  static String text(Object id, Object a, Object b, Object dt) {
    return id + "|" + a + "|" + b + "|" + dt;
  }
}
