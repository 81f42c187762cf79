package io.fluss.source.fold;

import io.fluss.kafka.ClientConfig;
import io.fluss.read.Selection;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.table.TableInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;

/**
 * Tells changes as a changelog: +I, -U with +U, -D.
 *
 * <p>Where metadata is wanted, that of the last record which changed a row is kept with it, because
 * what takes a row back has to be equal to it.
 */
public final class RowFold extends KeyedFold {

  private static final long serialVersionUID = 1L;

  private final MetadataColumns metadata;
  private final TypeInformation<RowData> metadataType;
  private transient RowData.FieldGetter[] getters;
  private transient ValueState<RowData> origin;

  /**
   * @param client asks for schema versions that are newer than the table here
   * @param metadata columns that follow the selected ones
   * @param metadataType of a row of them
   */
  public RowFold(
      TableInfo table,
      ClientConfig client,
      Selection.Fields selection,
      MetadataColumns metadata,
      TypeInformation<RowData> metadataType) {
    super(table, client, selection);
    this.metadata = metadata;
    this.metadataType = metadataType;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    super.open(context);
    getters = new RowData.FieldGetter[metadata.columns().size()];
    for (int i = 0; i < getters.length; i++) {
      getters[i] =
          RowData.createFieldGetter(
              metadata.columns().get(i).type().getLogicalType(), METADATA + i);
    }
    if (getters.length > 0) {
      origin = getRuntimeContext().getState(new ValueStateDescriptor<>("metadata", metadataType));
    }
  }

  @Override
  void inserted(byte[] key, byte[] after, RowData record, Collector<RowData> out) throws Exception {
    out.collect(withNewOrigin(row(key, after), RowKind.INSERT, record));
  }

  @Override
  void updated(byte[] key, byte[] before, byte[] after, RowData record, Collector<RowData> out)
      throws Exception {
    out.collect(withKnownOrigin(row(key, before), RowKind.UPDATE_BEFORE));
    out.collect(withNewOrigin(row(key, after), RowKind.UPDATE_AFTER, record));
  }

  @Override
  void deleted(byte[] key, byte[] before, RowData record, Collector<RowData> out) throws Exception {
    out.collect(withKnownOrigin(row(key, before), RowKind.DELETE));
    if (origin != null) {
      origin.clear();
    }
  }

  private RowData withKnownOrigin(RowData row, RowKind kind) throws Exception {
    row.setRowKind(kind);
    return origin == null ? row : new JoinedRowData(kind, row, origin.value());
  }

  private RowData withNewOrigin(RowData row, RowKind kind, RowData record) throws Exception {
    row.setRowKind(kind);
    if (origin == null) {
      return row;
    }
    GenericRowData found = new GenericRowData(getters.length);
    for (int i = 0; i < getters.length; i++) {
      found.setField(i, getters[i].getFieldOrNull(record));
    }
    origin.update(found);
    return new JoinedRowData(kind, row, found);
  }
}
