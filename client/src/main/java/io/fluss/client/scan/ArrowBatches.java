package io.fluss.client.scan;

import io.fluss.FlussException;
import io.fluss.format.arrow.ArrowProjection;
import io.fluss.partition.TableBucket;
import io.fluss.read.ArrowMessage;
import io.fluss.read.LogRecordDecoder;
import io.fluss.table.SchemaHistory;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes stored batches into those that a scan hands out, with the columns wanted. One thread. */
final class ArrowBatches {

  private final TableInfo table;
  private final RowSelection selection;
  private final SchemaHistory schemas;
  private final LogRecordDecoder decoder;

  /** By schema version. */
  private final Map<Integer, Columns> columns = new HashMap<>();

  /**
   * The columns of batches of one schema version.
   *
   * @param projection empty where all are wanted
   */
  private record Columns(RowType type, Optional<ArrowProjection> projection) {}

  ArrowBatches(TableInfo table, SchemaHistory schemas, RowSelection selection) {
    this.table = table;
    this.schemas = schemas;
    this.selection = selection;
    this.decoder =
        LogRecordDecoder.of(table, schemas, selection.selection(), selection.filter().orElse(null));
  }

  /** Empty where no row of the batch is of use. */
  Optional<ArrowBatch> of(TableBucket bucket, ConsumerRecord<byte[], byte[]> record) {
    return decoder
        .message(record)
        .map(
            message -> {
              Columns of = columns.computeIfAbsent(message.schemaVersion(), this::columns);
              return new ArrowBatch(
                  bucket,
                  record.offset(),
                  record.timestamp(),
                  message.schemaVersion(),
                  message.rowCount(),
                  of.type(),
                  bytes(message, of));
            });
  }

  private static byte[] bytes(ArrowMessage message, Columns columns) {
    return columns.projection().map(p -> p.project(message.bytes())).orElseGet(message::bytes);
  }

  private Columns columns(int version) {
    SchemaVersion schema = schemas.find(version).orElseThrow();
    if (selection.wantsAllColumns()) {
      return new Columns(schema.rowType(), Optional.empty());
    }
    List<SchemaVersion.Field> current = table.currentSchema().fields();
    List<Integer> ids = schema.fields().stream().map(SchemaVersion.Field::fieldId).toList();
    int[] positions = new int[selection.wanted().length];
    for (int i = 0; i < positions.length; i++) {
      SchemaVersion.Field wanted = current.get(selection.wanted()[i]);
      positions[i] = ids.indexOf(wanted.fieldId());
      if (positions[i] < 0) {
        throw new FlussException(
            "Cannot hand out column '"
                + wanted.name()
                + "' of table '"
                + table.path()
                + "' in Arrow: a batch of schema version "
                + version
                + " was written before it was added. Use poll(), which gives null, or leave out the"
                + " projection.");
      }
    }
    ArrowProjection projection = ArrowProjection.of(schema.rowType(), positions);
    return new Columns(projection.projectedType(), Optional.of(projection));
  }
}
