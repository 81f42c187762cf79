package io.fluss.source.lookup;

import io.fluss.FlussException;
import io.fluss.format.keyed.KeyedRowReader;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.ValueHeader;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.table.data.RowData;

/** Reads keys and states as rows of a projection, whichever schema they have. Thread-safe. */
final class StateRows {

  private final TableInfo table;
  private final List<SchemaVersion.Field> projection;
  private final Map<Integer, KeyedRowReader> readers = new ConcurrentHashMap<>();

  StateRows(TableInfo table, int[] projection) {
    this.table = table;
    List<SchemaVersion.Field> columns = table.currentSchema().fields();
    this.projection = Arrays.stream(projection).mapToObj(columns::get).toList();
  }

  RowData row(byte[] key, byte[] state) {
    int version = ValueHeader.schemaVersion(state);
    KeyedRowReader reader = readers.get(version);
    if (reader == null) {
      reader = readers.computeIfAbsent(version, this::reader);
    }
    return reader.row(key, state);
  }

  private KeyedRowReader reader(int version) {
    if (table.schema(version).isEmpty()) {
      throw new FlussException(
          "A row of table '"
              + table.path()
              + "' has schema version "
              + version
              + ", and the newest was "
              + table.schemaVersion()
              + " when this query was planned. Start the query again so that it sees the table as"
              + " it is now.");
    }
    return KeyedSchema.of(table, version).reader(projection);
  }
}
