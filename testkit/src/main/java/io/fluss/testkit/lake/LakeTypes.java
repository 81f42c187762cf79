package io.fluss.testkit.lake;

import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.types.logical.ArrayType;
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
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** The types that tables may have, at least one of each kind and precision that matters. */
public final class LakeTypes {

  /** Types that can also be of a primary key, a bucket key and a partition key. */
  public static final List<LogicalType> SCALARS =
      List.of(
          new BooleanType(),
          new TinyIntType(),
          new SmallIntType(),
          new IntType(),
          new BigIntType(),
          new FloatType(),
          new DoubleType(),
          new DecimalType(9, 2),
          new DecimalType(18, 0),
          new DecimalType(38, 10),
          new CharType(5),
          new VarCharType(20),
          new VarCharType(VarCharType.MAX_LENGTH),
          new BinaryType(4),
          new VarBinaryType(12),
          new VarBinaryType(VarBinaryType.MAX_LENGTH),
          new DateType(),
          new TimeType(0),
          new TimeType(3),
          new TimestampType(0),
          new TimestampType(3),
          new TimestampType(6),
          new TimestampType(9),
          new LocalZonedTimestampType(0),
          new LocalZonedTimestampType(3),
          new LocalZonedTimestampType(6),
          new LocalZonedTimestampType(9));

  private static final LogicalType STRING = new VarCharType(VarCharType.MAX_LENGTH);

  private static final LogicalType POINT =
      RowType.of(
          new LogicalType[] {new IntType(), STRING, new TimestampType(6)},
          new String[] {"x", "name", "at"});

  public static final List<LogicalType> NESTED =
      List.of(
          new ArrayType(new IntType()),
          new ArrayType(STRING),
          new ArrayType(new DecimalType(20, 3)),
          new ArrayType(new ArrayType(new DoubleType())),
          new ArrayType(POINT),
          new MapType(STRING, new BigIntType()),
          new MapType(new IntType(), new ArrayType(STRING)),
          new MapType(STRING, POINT),
          POINT,
          RowType.of(
              new LogicalType[] {POINT, new MapType(STRING, POINT), new ArrayType(POINT)},
              new String[] {"inner", "byName", "list"}));

  public static final List<LogicalType> ALL =
      Stream.concat(SCALARS.stream(), NESTED.stream()).toList();

  private LakeTypes() {}
}
