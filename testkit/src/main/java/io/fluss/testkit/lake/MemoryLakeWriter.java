package io.fluss.testkit.lake;

import io.fluss.format.key.KeyEncoder;
import io.fluss.format.row.RowEncoder;
import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeUpserter;
import io.fluss.read.LogBatch;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.testkit.lake.MemoryLake.MemoryFile;
import io.fluss.testkit.lake.MemoryLake.StoredRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.table.types.logical.RowType;

/** Keeps what it is given, in one list. */
final class MemoryLakeWriter implements LakeAppender, LakeUpserter {

  private static final int SCHEMA_VERSION = 1;

  private final LakeBucket bucket;
  private final SchemaVersion schema;
  private final RowEncoder encoder;
  @Nullable private final KeyEncoder keys;
  private List<StoredRow> rows = new ArrayList<>();
  private long bytes;

  MemoryLakeWriter(TableInfo table, LakeBucket bucket) {
    this.schema = table.currentSchema();
    RowType stored = MemoryLake.storedType(table, schema);
    this.bucket = bucket;
    this.encoder =
        RowEncoder.of(stored, IntStream.range(0, stored.getFieldCount()).toArray(), SCHEMA_VERSION);
    this.keys = table.hasPrimaryKey() ? KeyEncoder.of(table.rowType(), table.keyPositions()) : null;
  }

  @Override
  public void append(LogBatch batch) {
    for (int i = 0; i < batch.rows().rowCount(); i++) {
      add(null, batch.rows().row(i), batch.places().offset(i), batch.places().timestampMillis(i));
    }
  }

  @Override
  public void upsert(RowData row, long offset, long timestampMillis) {
    add(keys.encode(row), row, offset, timestampMillis);
  }

  @Override
  public void delete(RowData row, long offset, long timestampMillis) {
    rows.add(new StoredRow(bucket.partition(), bucket.bucket(), keys.encode(row), schema, null));
  }

  private void add(@Nullable byte[] key, RowData row, long offset, long timestampMillis) {
    RowData system =
        GenericRowData.of(bucket.bucket(), offset, TimestampData.fromEpochMillis(timestampMillis));
    byte[] encoded = encoder.encode(new JoinedRowData(row, system));
    bytes += encoded.length;
    rows.add(new StoredRow(bucket.partition(), bucket.bucket(), key, schema, encoded));
  }

  @Override
  public byte[] finish() {
    return MemoryLakeStorage.finish(new MemoryFile(List.copyOf(rows)));
  }

  @Override
  public long bytesWritten() {
    return bytes;
  }

  @Override
  public void close() {
    rows = List.of();
  }
}
