package io.fluss.format.arrow;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Measures the codec on one core with the row of the end-to-end benchmark. Not a test: run {@code
 * main} with {@code [codec] [rows per batch]...}.
 */
final class CodecBenchmark {
  private static final int ROWS = 65_536;
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 1_000_000_000L;

  private static final RowType TYPE =
      RowType.of(
          new LogicalType[] {
            new BigIntType(),
            new BigIntType(),
            new BigIntType(),
            new IntType(),
            new IntType(),
            new DoubleType(),
            new DoubleType(),
            new DecimalType(15, 2),
            new TimestampType(3),
            new VarCharType(VarCharType.MAX_LENGTH),
            new VarCharType(VarCharType.MAX_LENGTH),
            new VarCharType(VarCharType.MAX_LENGTH)
          });

  private static final String[] WORDS = {
    "amber", "basic", "cobalt", "deluxe", "eco", "flex", "grand", "hyper", "indigo", "jet", "kilo",
    "lunar", "micro", "nova", "omega", "prime", "quartz", "rapid", "solar", "turbo", "ultra",
    "vivid", "wave", "xenon", "yield", "zen", "chair", "table", "lamp", "phone", "cable", "mouse"
  };
  private static final String NOISE =
      "abcdefghijklmnopqrstuvwxyz0123456789 -ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private CodecBenchmark() {}

  public static void main(String[] args) {
    List<RowData> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(i));
    }
    ArrowCompression compression =
        switch (args[0]) {
          case "none" -> ArrowCompression.none();
          case "lz4" -> ArrowCompression.lz4Frame();
          default -> ArrowCompression.zstd(Integer.parseInt(args[0]));
        };
    for (int i = 1; i < args.length; i++) {
      measure(rows, compression, Integer.parseInt(args[i]));
    }
  }

  private static void measure(List<RowData> rows, ArrowCompression compression, int batchRows) {
    BufferPool pool = new BufferPool();
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(TYPE, compression, pool)) {
      List<byte[]> batches = encodeAll(encoder, rows, batchRows);
      double bytes = batches.stream().mapToLong(b -> b.length).sum() / (double) ROWS;
      double encode = best(() -> encodeAll(encoder, rows, batchRows).size());
      ArrowBatchDecoder all = ArrowBatchDecoder.of(TYPE);
      double read = best(() -> readAll(all, batches));
      ArrowBatchDecoder two = ArrowBatchDecoder.of(TYPE, new int[][] {{0}, {7}});
      double readTwo = best(() -> readTwo(two, batches));
      System.out.printf(
          "%s %d rows: %.1f B/row, encode %.0f k/s, read %.0f k/s, 2 of 12 %.0f k/s%n",
          compression, batchRows, bytes, encode, read, readTwo);
    }
  }

  /**
   * Thousands of rows per second of processor time of the best round: other work does not count.
   */
  private static double best(LongSupplier work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = threads.getCurrentThreadCpuTime();
      long runs = 0;
      while (threads.getCurrentThreadCpuTime() - start < ROUND_NANOS) {
        blackhole += work.getAsLong();
        runs++;
      }
      best = Math.max(best, runs * ROWS * 1e6 / (threads.getCurrentThreadCpuTime() - start));
    }
    return best;
  }

  private static long blackhole;

  private static List<byte[]> encodeAll(
      ArrowBatchEncoder encoder, List<RowData> rows, int batchRows) {
    List<byte[]> batches = new ArrayList<>();
    for (RowData row : rows) {
      encoder.append(row);
      if (encoder.rowCount() == batchRows) {
        batches.add(encoder.encode());
        encoder.reset();
      }
    }
    return batches;
  }

  private static long readAll(ArrowBatchDecoder decoder, List<byte[]> batches) {
    long sum = 0;
    for (byte[] batch : batches) {
      ArrowRows rows = decoder.decode(batch);
      for (int i = 0; i < rows.rowCount(); i++) {
        RowData row = rows.row(i);
        sum += row.isNullAt(0) ? 0 : row.getLong(0);
        sum += row.isNullAt(1) ? 0 : row.getLong(1);
        sum += row.isNullAt(2) ? 0 : row.getLong(2);
        sum += row.isNullAt(3) ? 0 : row.getInt(3);
        sum += row.isNullAt(4) ? 0 : row.getInt(4);
        sum += row.isNullAt(5) ? 0 : (long) row.getDouble(5);
        sum += row.isNullAt(6) ? 0 : (long) row.getDouble(6);
        sum += row.isNullAt(7) ? 0 : row.getDecimal(7, 15, 2).toUnscaledLong();
        sum += row.isNullAt(8) ? 0 : row.getTimestamp(8, 3).getMillisecond();
        for (int s = 9; s < 12; s++) {
          sum += row.isNullAt(s) ? 0 : ((BinaryStringData) row.getString(s)).getSizeInBytes();
        }
      }
    }
    return sum;
  }

  private static long readTwo(ArrowBatchDecoder decoder, List<byte[]> batches) {
    long sum = 0;
    for (byte[] batch : batches) {
      ArrowRows rows = decoder.decode(batch);
      for (int i = 0; i < rows.rowCount(); i++) {
        RowData row = rows.row(i);
        sum += row.isNullAt(0) ? 0 : row.getLong(0);
        sum += row.isNullAt(1) ? 0 : row.getDecimal(1, 15, 2).toUnscaledLong();
      }
    }
    return sum;
  }

  private static long mix(long seed) {
    long z = seed + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static RowData row(long i) {
    long a = mix(31 + i);
    long b = mix(a);
    long c = mix(b);
    int quantity = 1 + (int) ((a >>> 40) % 20);
    long cents = 100 + (c >>> 8) % 100_000;
    return GenericRowData.of(
        i,
        (a >>> 1) % 1_000_000L,
        (b >>> 1) % 5_000L,
        quantity,
        (int) ((b >>> 50) % 6),
        cents / 100.0,
        ((c >>> 40) % 30) / 100.0,
        DecimalData.fromUnscaledLong(cents * quantity, 15, 2),
        TimestampData.fromEpochMillis(1_700_000_000_000L + i * 7 + (a & 3)),
        string(word(a >>> 20) + " " + word(a >>> 25) + " " + word(b >>> 30)),
        string((b >>> 3 & 0x3ff) + " Long Street, Town " + (b >>> 13 & 0xfff)),
        string(noise(c)));
  }

  private static String word(long bits) {
    return WORDS[(int) (bits & 31)];
  }

  private static String noise(long c) {
    StringBuilder noise = new StringBuilder();
    int length = 10 + (int) ((c >>> 1) % 21);
    long x = c;
    for (int i = 0; i < length; i++) {
      if (i % 10 == 0) {
        x = mix(x);
      }
      noise.append(NOISE.charAt((int) (x >>> (i % 10) * 6 & 63)));
    }
    return noise.toString();
  }

  private static BinaryStringData string(String value) {
    return BinaryStringData.fromBytes(value.getBytes(StandardCharsets.US_ASCII));
  }
}
