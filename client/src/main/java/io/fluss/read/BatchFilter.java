package io.fluss.read;

import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BatchStatistics;
import io.fluss.format.batch.HeaderField;
import io.fluss.predicate.ColumnRange;
import io.fluss.predicate.Predicate;
import io.fluss.table.SchemaVersion;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/**
 * Tells by their statistics which batches of a log table have no row that matches. One thread.
 *
 * <p>Columns are matched by field id, as rows are read: of a column that is younger than a batch,
 * its statistics say nothing.
 */
final class BatchFilter {

  private final TableInfo table;
  private final List<Field> columns;
  private final Predicate filter;
  private final Map<Integer, Optional<Writer>> writers = new HashMap<>();

  /**
   * @param filter over the table's row type
   */
  BatchFilter(TableInfo table, Predicate filter) {
    this.table = table;
    this.columns = table.currentSchema().fields();
    this.filter = filter;
  }

  /** False also where nothing is known of the batch. */
  boolean excludes(BatchHeader header) {
    if (header.field(HeaderField.STATISTICS).isEmpty()) {
      return false;
    }
    Optional<Writer> writer =
        writers.computeIfAbsent(
            header.schemaVersion(), version -> table.schema(version).map(this::writer));
    return writer.isPresent() && excludes(header, writer.get());
  }

  private boolean excludes(BatchHeader header, Writer writer) {
    BatchStatistics statistics = BatchStatistics.of(header, writer.rowType);
    return !filter.mayMatch(
        column ->
            writer.positions[column] < 0
                ? ColumnRange.UNKNOWN
                : statistics.of(writer.positions[column]));
  }

  private Writer writer(SchemaVersion schema) {
    int[] positions =
        columns.stream().mapToInt(c -> SchemaReader.columnIn(schema, c, table)).toArray();
    return new Writer(schema.rowType(), positions);
  }

  /**
   * A schema that batches were written with.
   *
   * @param positions of the table's columns in it, -1 where it has not got them
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Writer(RowType rowType, int[] positions) {}
}
