package io.fluss.union;

import io.fluss.format.bytes.ByteScratch;
import io.fluss.format.key.ColumnSets;
import io.fluss.format.key.KeyEncoder;
import io.fluss.lake.LakeSchema;
import io.fluss.read.NestedFields;
import io.fluss.table.SchemaVersion.Field;
import java.util.List;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;

/** Looks at rows as a lake gives them, one at a time. One thread. */
public final class LakeRows {

  private static final int TIMESTAMP_PRECISION = 3;

  private final NestedFields fields;

  /** Null where the rows have what is selected and nothing else. */
  @Nullable private final ProjectedRowData selected;

  private final int bucket;
  private final int offset;
  private final int timestamp;

  /** Null where the key is not read. */
  @Nullable private final KeyEncoder keys;

  private final ByteScratch key = new ByteScratch();

  public LakeRows(LakeColumns columns) {
    this.fields = columns.fields();
    List<Field> selectedColumns = fields.columns();
    int[] positions =
        selectedColumns.stream().mapToInt(f -> columns.positionOf(f.name())).toArray();
    boolean same =
        positions.length == columns.columns().size()
            && IntStream.range(0, positions.length).allMatch(i -> positions[i] == i);
    this.selected = same ? null : ProjectedRowData.from(positions);
    this.bucket = columns.positionOf(LakeSchema.BUCKET);
    this.offset = columns.positionOf(LakeSchema.OFFSET);
    this.timestamp = columns.positionOf(LakeSchema.TIMESTAMP);
    int[] key = columns.keyPositions().stream().mapToInt(columns.columns()::indexOf).toArray();
    this.keys =
        key.length > 0 && IntStream.of(key).allMatch(k -> k >= 0)
            ? KeyEncoder.of(columns.readType(), key)
            : null;
  }

  /** The primary key of a row as the key of a record of a whole row. */
  byte[] recordKey(RowData row) {
    return recordKey(key(row));
  }

  /**
   * As {@link #recordKey(RowData)}.
   *
   * @param key of {@link #key}
   */
  static byte[] recordKey(ByteScratch key) {
    byte[] recordKey = new byte[ColumnSets.BYTES + key.size()];
    recordKey[0] = ColumnSets.FULL_ROW;
    System.arraycopy(key.bytes(), 0, recordKey, ColumnSets.BYTES, key.size());
    return recordKey;
  }

  /** The selected fields: a view that is good until the next row is asked for. */
  public RowData selected(RowData row) {
    return fields.of(selected == null ? row : selected.replaceRow(row));
  }

  /** Whether {@link #bucket} can be asked for. */
  public boolean haveBucket() {
    return bucket >= 0;
  }

  /** The bucket of a row. */
  public int bucket(RowData row) {
    return row.getInt(bucket);
  }

  /** Offset of the record that a row came to be with. */
  public long offset(RowData row) {
    return row.getLong(offset);
  }

  /** Whether {@link #timestampMillis} can be asked for. */
  public boolean haveTimestamp() {
    return timestamp >= 0;
  }

  /** Timestamp of the record that a row came to be with. */
  public long timestampMillis(RowData row) {
    return row.getTimestamp(timestamp, TIMESTAMP_PRECISION).getMillisecond();
  }

  /**
   * The primary key of a row, as keys of records have it, without a column set; good until the next
   * call.
   */
  public ByteScratch key(RowData row) {
    if (keys == null) {
      throw new IllegalStateException("The primary key was not read.");
    }
    key.clear();
    keys.append(row, key);
    return key;
  }
}
