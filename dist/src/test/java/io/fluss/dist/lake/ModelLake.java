package io.fluss.dist.lake;

import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeReader;
import io.fluss.lake.LakeSettings;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeSplit;
import io.fluss.lake.LakeStorage;
import io.fluss.read.BatchRows;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/** Where the lake tables of a test are. */
record ModelLake(String format, String warehouse) {

  LakeStorage open(TableInfo table) {
    return LakeSettings.fromOptions(Map.of("datalake." + format + ".warehouse", warehouse))
        .open(table, ModelLake.class.getClassLoader());
  }

  Optional<LakeSnapshot> newest(TableInfo table) {
    try (LakeStorage lake = open(table)) {
      return lake.latestSnapshot(table);
    }
  }

  /** The rows of a snapshot, sorted. */
  List<String> rows(TableInfo table, LakeSnapshot snapshot) {
    int columns = table.rowType().getFieldCount();
    LakeRead read = new LakeRead(IntStream.range(0, columns).toArray(), null, null);
    List<String> rows = new ArrayList<>();
    try (LakeStorage lake = open(table)) {
      for (LakeSplit split : lake.plan(table, snapshot, read)) {
        try (LakeReader reader = lake.reader(table, read, split)) {
          for (BatchRows batch = reader.next(); batch != null; batch = reader.next()) {
            for (int i = 0; i < batch.rowCount(); i++) {
              rows.add(text(batch.row(i), columns));
            }
          }
        }
      }
    }
    return rows.stream().sorted().toList();
  }

  private static String text(RowData row, int columns) {
    return ModelTable.text(
        row.getInt(0),
        string(row, 1),
        row.isNullAt(2) ? null : row.getInt(2),
        columns > 3 ? string(row, 3) : null);
  }

  private static StringData string(RowData row, int position) {
    return row.isNullAt(position) ? null : row.getString(position);
  }
}
