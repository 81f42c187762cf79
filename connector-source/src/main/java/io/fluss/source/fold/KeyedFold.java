package io.fluss.source.fold;

import io.fluss.FlussException;
import io.fluss.format.key.ColumnSets;
import io.fluss.kafka.ClientConfig;
import io.fluss.merge.MergeFunction;
import io.fluss.metadata.SchemasSince;
import io.fluss.options.DeleteBehavior;
import io.fluss.read.KeyedProjections;
import io.fluss.read.Selection;
import io.fluss.table.SchemaHistory;
import io.fluss.table.TableInfo;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/**
 * Folds the records of each key into its row, and tells what each record changed. A record that
 * changes nothing tells nothing: one that the {@link MergeFunction} ignores, and a tombstone that
 * removes what was not to be seen.
 *
 * <p>Records come as rows of key, value and metadata, in the order of the log. What is kept of a
 * key is the state of the table's merge function, so it is as small as it is in Kafka, and a
 * projection of the query plays no part in it.
 */
public abstract class KeyedFold extends KeyedProcessFunction<String, RowData, RowData> {

  private static final long serialVersionUID = 1L;

  static final int KEY = 0;
  static final int VALUE = 1;
  static final int METADATA = 2;

  private final TableInfo table;
  private final ClientConfig client;
  private final Selection.Fields selection;
  private transient MergeFunction merge;
  private transient KeyedProjections projections;
  private transient ValueState<byte[]> state;

  KeyedFold(TableInfo table, ClientConfig client, Selection.Fields selection) {
    this.table = table;
    this.client = client;
    this.selection = selection;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    SchemaHistory schemas = new SchemasSince(table, client);
    merge = MergeFunction.of(table, schemas);
    projections = KeyedProjections.of(table, schemas, selection);
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "row", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public final void processElement(RowData record, Context context, Collector<RowData> out)
      throws Exception {
    byte[] key = record.getBinary(KEY);
    byte[] value = record.isNullAt(VALUE) ? null : record.getBinary(VALUE);
    byte[] before = state.value();
    byte[] after = merged(before, key, value);
    if (after == before) {
      return;
    }
    if (after == null) {
      state.clear();
    } else {
      state.update(after);
    }
    tell(key, row(before), row(after), record, out);
  }

  private void tell(
      byte[] key,
      @Nullable byte[] before,
      @Nullable byte[] after,
      RowData record,
      Collector<RowData> out)
      throws Exception {
    if (after == null) {
      if (before != null) {
        requireDeletes();
        deleted(key, before, record, out);
      }
    } else if (before == null) {
      inserted(key, after, record, out);
    } else if (!record.isNullAt(VALUE) || !Arrays.equals(before, after)) {
      updated(key, before, after, record, out);
    }
  }

  @Nullable
  private byte[] merged(@Nullable byte[] before, byte[] key, @Nullable byte[] value) {
    try {
      return merge.merge(before, ColumnSets.of(key), value);
    } catch (RuntimeException e) {
      throw unfoldable(e);
    }
  }

  @Nullable
  private byte[] row(@Nullable byte[] keyState) {
    try {
      return merge.row(keyState);
    } catch (RuntimeException e) {
      throw unfoldable(e);
    }
  }

  private FlussException unfoldable(RuntimeException cause) {
    return new FlussException(
        "A record of table '" + table.path() + "' cannot be folded: " + cause.getMessage(), cause);
  }

  private void requireDeletes() {
    if (table.deleteBehavior() != DeleteBehavior.ALLOW) {
      throw new FlussException(
          "A record of table '"
              + table.path()
              + "' deletes a row, which the table does not allow ('table.delete.behavior').");
    }
  }

  /** The selected fields of a row. */
  final RowData row(byte[] key, byte[] row) {
    return projections.of(row).row(key, row);
  }

  abstract void inserted(byte[] key, byte[] after, RowData record, Collector<RowData> out)
      throws Exception;

  abstract void updated(
      byte[] key, byte[] before, byte[] after, RowData record, Collector<RowData> out)
      throws Exception;

  abstract void deleted(byte[] key, byte[] before, RowData record, Collector<RowData> out)
      throws Exception;
}
