package io.fluss.source.table;

import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.state.ShownOffsets;
import io.fluss.table.TableInfo;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.api.common.io.GenericInputFormat;
import org.apache.flink.api.common.io.NonParallelInput;
import org.apache.flink.core.io.GenericInputSplit;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.InputFormatProvider;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** A scan of {@code t$lake_offsets}: how far the table is tiered when the read begins. */
final class LakeOffsetsTableSource implements ScanTableSource {

  private final TableInfo table;
  private final ClientConfig client;

  LakeOffsetsTableSource(TableInfo table, ClientConfig client) {
    this.table = table;
    this.client = client;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    return InputFormatProvider.of(new Input(table, client));
  }

  @Override
  public DynamicTableSource copy() {
    return new LakeOffsetsTableSource(table, client);
  }

  @Override
  public String asSummaryString() {
    return "Lake offsets of Fluss table " + table.path();
  }

  /** A row for each bucket, from one task. */
  private static final class Input extends GenericInputFormat<RowData> implements NonParallelInput {

    private static final long serialVersionUID = 1L;

    private final TableInfo table;
    private final ClientConfig client;

    /** Null before it is opened. */
    @Nullable private transient Iterator<ShownOffsets.Bucket> rows;

    Input(TableInfo table, ClientConfig client) {
      this.table = table;
      this.client = client;
    }

    @Override
    public void open(GenericInputSplit split) throws IOException {
      super.open(split);
      try (TableAdmin admin = TableAdmin.connect(client)) {
        List<ShownOffsets.Bucket> found = ShownOffsets.rows(table, admin.lakeLag(table));
        rows = found.iterator();
      }
    }

    @Override
    public boolean reachedEnd() {
      return !rows.hasNext();
    }

    @Override
    public RowData nextRecord(RowData reuse) {
      ShownOffsets.Bucket row = rows.next();
      return GenericRowData.of(
          StringData.fromString(row.partition()),
          row.bucket(),
          row.lakeOffset(),
          row.logStart(),
          row.logEnd(),
          row.pending(),
          row.snapshot(),
          row.committedAtMillis() == null
              ? null
              : TimestampData.fromEpochMillis(row.committedAtMillis()),
          StringData.fromString(row.status()),
          StringData.fromString(row.reason()));
    }
  }
}
