package io.fluss.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

/** Row types drawn from a seed, and one that has every type. */
public final class RandomTypes {
  private static final int FLAT_TYPES = 17;
  private static final int NESTED_TYPES = 3;

  private final Random random;

  public RandomTypes(Random random) {
    this.random = random;
  }

  /** A row of up to eight fields, nested up to the depth. */
  public RowType row(int depth) {
    return row(1 + random.nextInt(8), depth, random.nextBoolean());
  }

  /** One column of each type, precision class and kind of nesting, nullable and not. */
  public static RowType everyType() {
    RandomTypes types = new RandomTypes(new Random(1));
    List<RowType.RowField> fields = new ArrayList<>();
    for (boolean nullable : new boolean[] {true, false}) {
      List<LogicalType> list = new ArrayList<>();
      for (int kind = 0; kind < FLAT_TYPES; kind++) {
        list.add(types.flat(kind, nullable));
      }
      for (int precision : new int[] {0, 3, 6, 9}) {
        list.add(new TimestampType(nullable, precision));
        list.add(new LocalZonedTimestampType(nullable, precision));
      }
      list.add(new DecimalType(nullable, 15, 2));
      list.add(new DecimalType(nullable, 38, 10));
      list.add(new ArrayType(nullable, new IntType()));
      list.add(new MapType(nullable, new VarCharType(false, 100), new ArrayType(new BigIntType())));
      list.add(types.row(2, 2, nullable));
      for (LogicalType type : list) {
        fields.add(new RowType.RowField("f" + fields.size(), type));
      }
    }
    return new RowType(false, fields);
  }

  private RowType row(int fieldCount, int depth, boolean nullable) {
    List<RowType.RowField> fields = new ArrayList<>();
    for (int i = 0; i < fieldCount; i++) {
      fields.add(new RowType.RowField("f" + i, any(depth)));
    }
    return new RowType(nullable, fields);
  }

  private LogicalType any(int depth) {
    int kind = random.nextInt(FLAT_TYPES + (depth > 0 ? 2 * NESTED_TYPES : 0));
    boolean nullable = random.nextBoolean();
    if (kind < FLAT_TYPES) {
      return flat(kind, nullable);
    }
    return switch ((kind - FLAT_TYPES) % NESTED_TYPES) {
      case 0 -> new ArrayType(nullable, any(depth - 1));
      case 1 -> new MapType(nullable, any(depth - 1).copy(false), any(depth - 1));
      default -> row(1 + random.nextInt(3), depth - 1, nullable);
    };
  }

  private LogicalType flat(int kind, boolean nullable) {
    int precision = 1 + random.nextInt(38);
    return switch (kind) {
      case 0 -> new BooleanType(nullable);
      case 1 -> new TinyIntType(nullable);
      case 2 -> new SmallIntType(nullable);
      case 3 -> new IntType(nullable);
      case 4 -> new BigIntType(nullable);
      case 5 -> new FloatType(nullable);
      case 6 -> new DoubleType(nullable);
      case 7 -> new CharType(nullable, 5);
      case 8 -> new VarCharType(nullable, VarCharType.MAX_LENGTH);
      case 9 -> new BinaryType(nullable, 4);
      case 10 -> new VarBinaryType(nullable, VarBinaryType.MAX_LENGTH);
      case 11 -> new DecimalType(nullable, precision, random.nextInt(precision + 1));
      case 12 -> new DateType(nullable);
      case 13 -> new TimeType(nullable, random.nextInt(10));
      case 14 -> new TimestampType(nullable, random.nextInt(10));
      case 15 -> new LocalZonedTimestampType(nullable, random.nextInt(10));
      default -> new DecimalType(nullable, 12, 3);
    };
  }
}
