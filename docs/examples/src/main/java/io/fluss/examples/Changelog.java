package io.fluss.examples;

import io.fluss.sink.FlussSink;
import io.fluss.sink.serializer.RowDataSerializationSchema;
import io.fluss.source.FlussSource;
import io.fluss.source.deserializer.FlussDeserializationSchema;
import io.fluss.source.deserializer.LogRecord;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

/** Changes of a primary-key table, with old and new rows, by a schema of one's own. */
public final class Changelog {

  private Changelog() {}

  /** Tells what happened to a row, in words. */
  private static final class InWords implements FlussDeserializationSchema<String> {

    private static final long serialVersionUID = 1L;

    @Override
    public String deserialize(LogRecord record) {
      RowData row = record.row();
      return record.changeType().shortString()
          + " "
          + row.getString(0)
          + ": "
          + row.getInt(1)
          + " (offset "
          + record.offset()
          + ")";
    }

    @Override
    public TypeInformation<String> getProducedType(RowType rowType) {
      return Types.STRING;
    }
  }

  public static void main(String[] args) throws Exception {
    String brokers = Shop.brokers(args);
    Shop.createTable(
        brokers,
        "stock (item STRING NOT NULL, pieces INT, PRIMARY KEY (item) NOT ENFORCED)"
            + " WITH ('bucket.num' = '1')");

    StreamExecutionEnvironment writing = StreamExecutionEnvironment.getExecutionEnvironment();
    writing
        .fromData(
            List.of(
                row(RowKind.INSERT, "pen", 5),
                row(RowKind.UPDATE_AFTER, "pen", 4),
                row(RowKind.DELETE, "pen", null)),
            InternalTypeInfo.of(RowType.of(VarCharType.STRING_TYPE, new IntType())))
        .setParallelism(1)
        .sinkTo(
            FlussSink.<RowData>builder()
                .setBootstrapServers(brokers)
                .setDatabase(Shop.DATABASE)
                .setTable("stock")
                .setSerializationSchema(new RowDataSerializationSchema())
                .build());
    writing.execute("write stock");

    StreamExecutionEnvironment reading = StreamExecutionEnvironment.getExecutionEnvironment();
    try (CloseableIterator<String> changes =
        FlussSource.<String>builder()
            .setBootstrapServers(brokers)
            .setDatabase(Shop.DATABASE)
            .setTable("stock")
            .setDeserializationSchema(new InWords())
            .changelog(reading, "stock")
            .executeAndCollect("read stock")) {
      for (int i = 0; i < 4; i++) { // it would go on
        System.out.println(changes.next());
      }
    }
  }

  private static RowData row(RowKind kind, String item, Integer pieces) {
    return GenericRowData.ofKind(kind, StringData.fromString(item), pieces);
  }
}
