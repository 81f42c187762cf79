package io.fluss.sink;

import io.fluss.sink.serializer.FlussSerializationSchema;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/** What a serialization schema is told of its table. */
record SinkColumns(RowType rowType, List<String> columns, List<String> primaryKey)
    implements FlussSerializationSchema.InitializationContext, Serializable {

  SinkColumns {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
  }
}
