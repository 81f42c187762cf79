package io.fluss.source.deserializer;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/** The rows as they are, each with its kind; nothing is copied. */
@PublicEvolving
public final class RowDataDeserializationSchema implements FlussDeserializationSchema<RowData> {

  private static final long serialVersionUID = 1L;

  @Override
  public RowData deserialize(LogRecord record) {
    return record.row();
  }

  @Override
  public TypeInformation<RowData> getProducedType(RowType rowType) {
    return InternalTypeInfo.of(rowType);
  }

  @Override
  public boolean readsOrigin() {
    return false;
  }
}
