package io.fluss.format.key;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** All types a key column may have, with each width that depends on the precision. */
public final class KeyTypes {
  public static final List<LogicalType> ALL =
      List.of(
          new BooleanType(false),
          new TinyIntType(false),
          new SmallIntType(false),
          new IntType(false),
          new BigIntType(false),
          new FloatType(false),
          new DoubleType(false),
          new CharType(false, 3),
          new VarCharType(false, 20),
          new BinaryType(false, 3),
          new VarBinaryType(false, 20),
          new DecimalType(false, 18, 4),
          new DecimalType(false, 38, 10),
          new DateType(false),
          new TimeType(false, 3),
          new TimestampType(false, 3),
          new TimestampType(false, 9),
          new LocalZonedTimestampType(false, 3),
          new LocalZonedTimestampType(false, 6));

  private KeyTypes() {}

  static RowType rowOf(LogicalType... types) {
    return RowType.of(false, types, names(types.length));
  }

  static RowType rowOf(List<LogicalType> types) {
    return rowOf(types.toArray(new LogicalType[0]));
  }

  /** The encoder of the first few columns. */
  static KeyEncoder encoder(RowType type, int columns) {
    return KeyEncoder.of(type, IntStream.range(0, columns).toArray());
  }

  static KeyEncoder encoder(RowType type) {
    return encoder(type, type.getFieldCount());
  }

  private static String[] names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "k" + i).toArray(String[]::new);
  }
}
