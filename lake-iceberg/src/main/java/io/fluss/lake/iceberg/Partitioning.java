package io.fluss.lake.iceberg;

import io.fluss.lake.LakeSchema;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

/**
 * By what the lake table of a table is partitioned: the table's partition keys, then what {@code
 * table.datalake.iceberg.partitioning} says, or else the bucket where rows have a bucket of their
 * own. The partition keys come first in any case: a split is of one partition of the table.
 *
 * @param fields in their order
 */
record Partitioning(List<Field> fields) {

  /** {@code bucket(16, id)} or {@code region}; names may stand in backticks. */
  private static final Pattern FIELD =
      Pattern.compile(
          "\\s*(?:(?<transform>\\w+)\\s*\\(\\s*(?:(?<number>-?\\d+)\\s*,\\s*)?)?"
              + "(?:`(?<quoted>(?:[^`]|``)+)`|(?<column>[^\\s`(),]+))\\s*(?<end>\\))?\\s*");

  /** What lies between commas that are in no parentheses. */
  private static final Pattern SEPARATOR = Pattern.compile(",(?![^(]*\\))");

  Partitioning {
    fields = List.copyOf(fields);
  }

  /**
   * @param number of buckets, or the width; 0 where the transform has none
   */
  record Field(PartitionTransform transform, int number, String column) {

    boolean isIdentityOf(String name) {
      return transform == PartitionTransform.IDENTITY && column.equals(name);
    }
  }

  /** That of a table without {@link #problems}. */
  static Partitioning of(TableInfo table) {
    List<Field> own =
        option(table)
            .map(text -> items(text).map(Partitioning::parse).flatMap(Optional::stream).toList())
            .orElseGet(() -> buckets(table));
    List<Field> fields = new ArrayList<>();
    table.partitionKeys().stream()
        .map(key -> new Field(PartitionTransform.IDENTITY, 0, key))
        .filter(f -> own.stream().noneMatch(o -> o.isIdentityOf(f.column())))
        .forEach(fields::add);
    fields.addAll(own);
    return new Partitioning(fields);
  }

  private static Optional<String> option(TableInfo table) {
    return Optional.ofNullable(
            table.options().get(TableOptions.DATALAKE_ICEBERG_PARTITIONING.key()))
        .filter(text -> !text.isBlank());
  }

  /** Rows of a log table without a bucket key are in any bucket: it tells nothing of them. */
  private static List<Field> buckets(TableInfo table) {
    return table.bucketKey().isEmpty() && !table.hasPrimaryKey()
        ? List.of()
        : List.of(new Field(PartitionTransform.IDENTITY, 0, LakeSchema.BUCKET));
  }

  private static Stream<String> items(String text) {
    return SEPARATOR.splitAsStream(text);
  }

  private static Optional<Field> parse(String item) {
    Matcher matcher = FIELD.matcher(item);
    if (!matcher.matches()
        || (matcher.group("transform") == null) != (matcher.group("end") == null)) {
      return Optional.empty();
    }
    String name = matcher.group("transform");
    return PartitionTransform.named(name == null ? "identity" : name)
        .map(t -> new Field(t, number(matcher), column(matcher)));
  }

  private static int number(Matcher matcher) {
    try {
      return matcher.group("number") == null ? 0 : Integer.parseInt(matcher.group("number"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String column(Matcher matcher) {
    return matcher.group("quoted") != null
        ? matcher.group("quoted").replace("``", "`")
        : matcher.group("column");
  }

  /** What is wrong with the option, in sentences. */
  static List<String> problems(TableInfo table) {
    RowType rows = LakeSchema.rowType(table);
    return option(table).stream()
        .flatMap(Partitioning::items)
        .flatMap(item -> problem(item, rows).stream())
        .map(
            problem ->
                "Option '"
                    + TableOptions.DATALAKE_ICEBERG_PARTITIONING.key()
                    + "' = '"
                    + option(table).orElseThrow()
                    + "': "
                    + problem)
        .toList();
  }

  private static Optional<String> problem(String item, RowType rows) {
    String text = "'" + item.trim() + "'";
    Optional<Field> parsed = parse(item);
    if (parsed.isEmpty()) {
      return Optional.of(
          text
              + " is not a column or one of identity(c), bucket(n, c), truncate(n, c), years(c),"
              + " months(c), days(c), hours(c).");
    }
    Field field = parsed.get();
    int column = rows.getFieldIndex(field.column());
    if (column < 0) {
      return Optional.of(
          text
              + " names column '"
              + field.column()
              + "', which the table does not have; it has "
              + rows.getFieldNames()
              + ".");
    }
    if (field.transform().hasNumber() != (field.number() != 0) || field.number() < 0) {
      return Optional.of(
          field.transform().hasNumber()
              ? text + " needs a number above 0, as in bucket(16, c)."
              : text + " takes no number.");
    }
    return field.transform().takes(rows.getTypeAt(column))
        ? Optional.empty()
        : Optional.of(
            text
                + " is about column '"
                + field.column()
                + "' of type "
                + rows.getTypeAt(column).asSummaryString()
                + "; it takes "
                + field.transform().takes()
                + ".");
  }

  /** Iceberg's form. */
  PartitionSpec spec(Schema schema) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    fields.forEach(f -> f.transform().addTo(spec, f.column(), f.number()));
    return spec.build();
  }
}
