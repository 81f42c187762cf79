package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import io.fluss.format.bytes.ByteScratch;
import io.fluss.format.key.KeyEncoder;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeSchema;
import io.fluss.partition.PartitionKeys;
import io.fluss.table.TableInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Finds the rows that keys of a bucket have in a snapshot, by reading the key columns of all files
 * that may have rows of the bucket. One thread.
 */
final class OldRows {

  private final String name;
  private final Table table;
  private final Snapshot snapshot;
  private final RowType keyType;
  private final Schema keySchema;
  private final KeyEncoder keys;

  /** The key of the row that is looked at. */
  private final ByteScratch key = new ByteScratch();

  private final Expression bucketFilter;

  /** Takes the place of a row. */
  interface Found {

    void row(FileTask file, long position);
  }

  OldRows(TableInfo info, Table table, Snapshot snapshot, LakeBucket bucket) {
    this.name = info.path().toString();
    this.table = table;
    this.snapshot = snapshot;
    int[] positions = keyPositions(info);
    RowType rows = info.rowType();
    this.keyType =
        new RowType(false, IntStream.of(positions).mapToObj(rows.getFields()::get).toList());
    this.keySchema =
        new Schema(keyType.getFieldNames().stream().map(table.schema().asStruct()::field).toList());
    this.keys = KeyEncoder.of(keyType, IntStream.range(0, positions.length).toArray());
    this.bucketFilter = bucketFilter(info, bucket);
  }

  /** Columns of the key, those of the partition, which are all alike in a bucket, last. */
  static int[] keyPositions(TableInfo info) {
    List<String> names = info.rowType().getFieldNames();
    Stream<String> own = info.primaryKey().stream().filter(c -> !info.partitionKeys().contains(c));
    Stream<String> shared = info.primaryKey().stream().filter(info.partitionKeys()::contains);
    return Stream.concat(own, shared).mapToInt(names::indexOf).toArray();
  }

  private static Expression bucketFilter(TableInfo info, LakeBucket bucket) {
    Expression filter = Expressions.equal(LakeSchema.BUCKET, bucket.bucket());
    if (bucket.partition() != null) {
      PartitionKeys keys = PartitionKeys.of(info);
      RowData values = keys.values(bucket.partition());
      for (int i = 0; i < keys.columns().size(); i++) {
        LogicalType type = keys.type().getTypeAt(i);
        if (canBeFiltered(keys.columns().get(i), type)) {
          filter =
              Expressions.and(
                  filter,
                  Expressions.equal(
                      keys.columns().get(i), IcebergValues.getter(type).get(values, i)));
        }
      }
    }
    return filter;
  }

  /** Others are only told by the keys themselves. */
  private static boolean canBeFiltered(String column, LogicalType type) {
    boolean isFloating = type.is(LogicalTypeRoot.FLOAT) || type.is(LogicalTypeRoot.DOUBLE);
    boolean isTimestamp =
        type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
            || type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
    return column.indexOf('.') < 0
        && !isFloating
        && !(isTimestamp && LogicalTypeToIceberg.isNanos(type));
  }

  /** Whether there are files at all that may have rows of the bucket. */
  boolean mayExist() {
    return !files(Expressions.alwaysTrue()).isEmpty();
  }

  /**
   * Finds the rows with these keys.
   *
   * @param wanted encoded with {@link #keyPositions}
   * @param bounds of the same keys
   */
  void find(KeySet wanted, KeyBounds bounds, Found found) {
    Expression filter = bounds.filter();
    for (FileTask file : files(filter)) {
      find(file, filter, wanted, found);
    }
  }

  private void find(FileTask file, Expression filter, KeySet wanted, Found found) {
    try (DataFileReader reader = DataFileReader.open(table, file, keyType, keySchema, filter)) {
      for (SelectedRows rows = reader.next(); rows != null; rows = reader.next()) {
        for (int i = 0; i < rows.rowCount(); i++) {
          key.clear();
          keys.append(rows.row(i), key);
          if (wanted.contains(key.bytes(), key.size())) {
            found.row(file, rows.position(i));
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  private List<FileTask> files(Expression filter) {
    TableScan scan =
        table
            .newScan()
            .useSnapshot(snapshot.snapshotId())
            .filter(Expressions.and(bucketFilter, filter));
    List<FileTask> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      tasks.forEach(task -> files.add(FileTask.of(task)));
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
    return files;
  }

  private FlussException failed(Exception e) {
    return Failures.of(
        "Rows that are replaced cannot be looked up in lake table '" + name + "'", e);
  }
}
