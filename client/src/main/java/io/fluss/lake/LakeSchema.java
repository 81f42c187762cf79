package io.fluss.lake;

import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Columns and options of a lake table: the physical columns of the table, then three that tell
 * where in the log a row comes from.
 */
public final class LakeSchema {

  /** INT: the bucket. */
  public static final String BUCKET = "__bucket";

  /** BIGINT: Kafka offset of the record. */
  public static final String OFFSET = "__offset";

  /** TIMESTAMP_LTZ(3): Kafka timestamp of the record. */
  public static final String TIMESTAMP = "__timestamp";

  /** In their order. */
  public static final List<String> SYSTEM_COLUMNS = List.of(BUCKET, OFFSET, TIMESTAMP);

  /** Key of the snapshot property (Paimon) or summary entry (Iceberg) with the offsets as JSON. */
  public static final String OFFSETS_PROPERTY = "fluss.offsets";

  /** Key of the lake table's property that names the table it was made for. */
  public static final String TABLE_ID_PROPERTY = "fluss.table-id";

  private LakeSchema() {}

  /** Type of the rows of the lake table; system columns are not null. */
  public static RowType rowType(TableInfo table) {
    List<RowType.RowField> fields = new ArrayList<>(table.rowType().getFields());
    fields.add(new RowType.RowField(BUCKET, new IntType(false)));
    fields.add(new RowType.RowField(OFFSET, new BigIntType(false)));
    fields.add(new RowType.RowField(TIMESTAMP, new LocalZonedTimestampType(false, 3)));
    return new RowType(false, fields);
  }

  /** The table's options under a format's prefix, without it. */
  public static Map<String, String> options(TableInfo table, String format) {
    String prefix = format + ".";
    Map<String, String> options = new LinkedHashMap<>();
    table
        .options()
        .forEach(
            (key, value) -> {
              if (key.startsWith(prefix)) {
                options.put(key.substring(prefix.length()), value);
              }
            });
    return options;
  }
}
