package io.fluss.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Rows of a shop's orders, 12 columns and about 125 bytes, as a function of their index: the same
 * input for every system and every run.
 */
final class OrderRows {

  static final List<String> NAMES =
      List.of(
          "order_id",
          "customer_id",
          "shop_id",
          "quantity",
          "status",
          "price",
          "discount",
          "total",
          "order_time",
          "product",
          "address",
          "remark");

  static final RowType TYPE =
      RowType.of(
          new org.apache.flink.table.types.logical.LogicalType[] {
            new BigIntType(),
            new BigIntType(),
            new BigIntType(),
            new IntType(),
            new IntType(),
            new DoubleType(),
            new DoubleType(),
            new DecimalType(15, 2),
            new TimestampType(3),
            VarCharType.STRING_TYPE,
            VarCharType.STRING_TYPE,
            VarCharType.STRING_TYPE
          },
          NAMES.toArray(new String[0]));

  /** Columns read where a benchmark reads 2 of 12: quantity and total. */
  static final int[] TWO = {3, 7};

  private static final byte[][] GOODS =
      words("oak desk", "pine shelf", "floor lamp", "office chair", "usb cable", "desk fan");
  private static final byte[][] SHADES =
      words(" black", " white", " walnut", " grey", " red", " blue", " green", " natural");
  private static final byte[] STREET = ascii(" Harbour Road, Springfield ");

  private OrderRows() {}

  /** The columns as they stand in a CREATE TABLE statement. */
  static String ddl() {
    StringBuilder sql = new StringBuilder();
    for (RowType.RowField field : TYPE.getFields()) {
      sql.append(sql.isEmpty() ? "" : ", ")
          .append(field.getName())
          .append(' ')
          .append(field.getType().asSerializableString());
    }
    return sql.toString();
  }

  static RowData row(long index) {
    long a = mix(index);
    long b = mix(a);
    long c = mix(b);
    int quantity = 1 + (int) (a >>> 59);
    long cents = 100 + (b >>> 1) % 100_000;
    return GenericRowData.of(
        index,
        (a >>> 1) % 1_000_000,
        (b >>> 9) % 5_000,
        quantity,
        (int) (c >>> 1) % 3 + 3,
        cents / 100.0,
        (c >>> 33) % 30 / 100.0,
        DecimalData.fromUnscaledLong(cents * quantity, 15, 2),
        TimestampData.fromEpochMillis(1_700_000_000_000L + index * 7 + (a & 3)),
        product(a, b),
        address(b),
        remark(c));
  }

  private static BinaryStringData product(long a, long b) {
    byte[] good = GOODS[(int) ((a >>> 20) % GOODS.length)];
    byte[] shade = SHADES[(int) (b >>> 30) & 7];
    byte[] text = new byte[good.length + shade.length];
    System.arraycopy(good, 0, text, 0, good.length);
    System.arraycopy(shade, 0, text, good.length, shade.length);
    return BinaryStringData.fromBytes(text);
  }

  private static BinaryStringData address(long b) {
    byte[] number = ascii(Long.toString(b >>> 54));
    byte[] text = new byte[number.length + STREET.length];
    System.arraycopy(number, 0, text, 0, number.length);
    System.arraycopy(STREET, 0, text, number.length, STREET.length);
    return BinaryStringData.fromBytes(text);
  }

  /** 10 to 30 letters of noise. */
  private static BinaryStringData remark(long c) {
    byte[] text = new byte[10 + (int) ((c >>> 1) % 21)];
    long x = c;
    for (int i = 0; i < text.length; i++) {
      if (i % 10 == 0) {
        x = mix(x);
      }
      text[i] = (byte) ('0' + (x >>> i % 10 * 6 & 63));
    }
    return BinaryStringData.fromBytes(text);
  }

  private static long mix(long seed) {
    long z = seed + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  private static byte[][] words(String... words) {
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = ascii(words[i]);
    }
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
