package io.fluss.lake.paimon;

import io.fluss.lake.LakeSchema;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.paimon.CoreOptions;

/** Formats of data files, and the types whose values they do not keep as they are. */
final class FileFormats {

  private static final int MICROS = 6;

  /**
   * ORC is none of them: it keeps timestamps by the time zone of the process and an old calendar,
   * and cuts off blanks at the end of a CHAR.
   */
  private static final List<String> EXACT = List.of("avro", "parquet");

  private FileFormats() {}

  /** What is wrong with the formats that a table names for its lake table. */
  static List<String> problems(TableInfo table) {
    return named(table).stream()
        .flatMap(
            format ->
                EXACT.contains(format)
                    ? columnProblems(table, format)
                    : Stream.of(
                        "Option '"
                            + PaimonLakeFormat.IDENTIFIER
                            + "."
                            + CoreOptions.FILE_FORMAT.key()
                            + "' is '"
                            + format
                            + "', and lake tables can have "
                            + String.join(", ", EXACT)
                            + " only, which keep values as they are."))
        .toList();
  }

  private static TreeSet<String> named(TableInfo table) {
    Map<String, String> options = LakeSchema.options(table, PaimonLakeFormat.IDENTIFIER);
    String ofLevels = options.getOrDefault(CoreOptions.FILE_FORMAT_PER_LEVEL.key(), "");
    return Stream.concat(
            Stream.ofNullable(options.get(CoreOptions.FILE_FORMAT.key())),
            Arrays.stream(ofLevels.split(","))
                .filter(level -> level.contains(":"))
                .map(level -> level.substring(level.indexOf(':') + 1)))
        .map(String::trim)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> columnProblems(TableInfo table, String format) {
    return table.physicalColumns().stream()
        .flatMap(
            column -> reason(column.type(), format).map(why -> say(column, format, why)).stream());
  }

  private static String say(Column.Physical column, String format, String why) {
    return "Column '"
        + column.name()
        + "' is of type "
        + column.type().asSummaryString()
        + ", and files of format '"
        + format
        + "' "
        + why
        + ". Use '"
        + PaimonLakeFormat.IDENTIFIER
        + "."
        + CoreOptions.FILE_FORMAT.key()
        + "' = 'parquet'.";
  }

  /** What a format does to values of a type, or of one within it; empty where it keeps them. */
  private static Optional<String> reason(LogicalType type, String format) {
    if (format.equals("avro")
        && type.is(LogicalTypeFamily.TIMESTAMP)
        && LogicalTypeChecks.getPrecision(type) > MICROS) {
      return Optional.of("have no timestamps finer than microseconds");
    }
    return type.getChildren().stream().flatMap(t -> reason(t, format).stream()).findFirst();
  }
}
