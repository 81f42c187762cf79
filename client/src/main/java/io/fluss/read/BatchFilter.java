package io.fluss.read;

import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BatchStatistics;
import io.fluss.format.batch.HeaderField;
import io.fluss.format.schema.ColumnMapping;
import io.fluss.format.schema.TypeWidening;
import io.fluss.predicate.ColumnRange;
import io.fluss.predicate.Predicate;
import io.fluss.table.SchemaHistory;
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
 * or was widened since, its statistics say nothing.
 */
final class BatchFilter {

  private final SchemaHistory schemas;
  private final List<Field> columns;
  private final Predicate filter;
  private final Map<Integer, Optional<Writer>> writers = new HashMap<>();

  /**
   * @param schemas that batches can be of
   * @param filter over the table's row type
   */
  BatchFilter(TableInfo table, SchemaHistory schemas, Predicate filter) {
    this.schemas = schemas;
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
            header.schemaVersion(), version -> schemas.find(version).map(this::writer));
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
        columns.stream().mapToInt(column -> positionOf(column, schema.fields())).toArray();
    return new Writer(schema.rowType(), positions);
  }

  private static int positionOf(Field column, List<Field> written) {
    int position = ColumnMapping.positionOf(column, written);
    return position >= 0 && TypeWidening.isSame(written.get(position).type(), column.type())
        ? position
        : -1;
  }

  /**
   * A schema that batches were written with.
   *
   * @param positions of the table's columns in it, -1 where it has not got them so
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Writer(RowType rowType, int[] positions) {}
}
