package io.fluss.benchmarks;

import io.fluss.format.arrow.ArrowBatchDecoder;
import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.ArrowCompression;
import io.fluss.format.arrow.ArrowRows;
import io.fluss.format.arrow.BufferPool;
import io.fluss.format.arrow.ZstdMessage;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.RowData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The Arrow codec on one core, with the record values that a writer makes. A score is batches per
 * second; {@link CodecBench} turns it into rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CodecBenchmark {

  private static final int VARIANTS = 8;

  /** Up to here a writer makes one zstd frame, see docs/decisions/0003-thin-streams.md. */
  private static final long ONE_FRAME_BYTES = 16 * 1024;

  @Param({"8", "64", "512", "4096", "8192"})
  public int rows;

  @Param({"none", "lz4", "zstd"})
  public String compression;

  private RowData[][] input;
  private byte[][] encoded;
  private boolean oneFrame;
  private int next;
  private ArrowBatchEncoder encoder;
  private final ArrowBatchDecoder all = ArrowBatchDecoder.of(OrderRows.TYPE);
  private final ArrowBatchDecoder two =
      ArrowBatchDecoder.of(OrderRows.TYPE, new int[][] {{OrderRows.TWO[0]}, {OrderRows.TWO[1]}});

  /** Different batches in turn, so that neither branch predictor nor cache knows the data. */
  @Setup(Level.Trial)
  public void setUp() {
    encoder = new ArrowBatchEncoder(OrderRows.TYPE, compression(compression), new BufferPool());
    input = new RowData[VARIANTS][rows];
    encoded = new byte[VARIANTS][];
    for (int v = 0; v < VARIANTS; v++) {
      for (int i = 0; i < rows; i++) {
        input[v][i] = OrderRows.row((long) v * rows + i);
      }
      encoded[v] = encode();
    }
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    encoder.close();
  }

  /** The gathered rows as a writer would send them. */
  static byte[] recordValue(ArrowBatchEncoder encoder, String compression) {
    return isOneFrame(encoder, compression)
        ? encoder.encodeAsOneFrame(0, encoder.rowCount())
        : encoder.encode();
  }

  private static boolean isOneFrame(ArrowBatchEncoder encoder, String compression) {
    return compression.equals("zstd") && encoder.bodyBytes() <= ONE_FRAME_BYTES;
  }

  private byte[] nextMessage() {
    byte[] value = encoded[next++ % VARIANTS];
    return oneFrame ? ZstdMessage.decompress(value) : value;
  }

  static ArrowCompression compression(String name) {
    return switch (name) {
      case "none" -> ArrowCompression.none();
      case "lz4" -> ArrowCompression.lz4Frame();
      case "zstd" -> ArrowCompression.zstd(3);
      default -> throw new IllegalArgumentException("No compression '" + name + "'.");
    };
  }

  @Benchmark
  public byte[] encode() {
    for (RowData row : input[next++ % VARIANTS]) {
      encoder.append(row);
    }
    oneFrame = isOneFrame(encoder, compression);
    byte[] value = recordValue(encoder, compression);
    encoder.reset();
    return value;
  }

  @Benchmark
  public void readAll(Blackhole sink) {
    ArrowRows batch = all.decode(nextMessage());
    int count = batch.rowCount();
    for (int i = 0; i < count; i++) {
      RowData row = batch.row(i);
      sink.consume(row.getLong(0));
      sink.consume(row.getLong(1));
      sink.consume(row.getLong(2));
      sink.consume(row.getInt(3));
      sink.consume(row.getInt(4));
      sink.consume(row.getDouble(5));
      sink.consume(row.getDouble(6));
      sink.consume(row.getDecimal(7, 15, 2));
      sink.consume(row.getTimestamp(8, 3));
      sink.consume(row.getString(9));
      sink.consume(row.getString(10));
      sink.consume(row.getString(11));
    }
  }

  @Benchmark
  public void readTwo(Blackhole sink) {
    ArrowRows batch = two.decode(nextMessage());
    int count = batch.rowCount();
    for (int i = 0; i < count; i++) {
      RowData row = batch.row(i);
      sink.consume(row.getInt(0));
      sink.consume(row.getDecimal(1, 15, 2));
    }
  }
}
