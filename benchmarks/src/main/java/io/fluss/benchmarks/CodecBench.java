package io.fluss.benchmarks;

import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.BufferPool;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Encode, read all columns in place, and read 2 of 12: rows per second on one core. */
final class CodecBench implements Bench {

  private static final List<String> ROWS = List.of("8", "64", "512", "4096", "8192");
  private static final List<String> COMPRESSIONS = List.of("none", "lz4", "zstd");

  @Override
  public String name() {
    return "codec";
  }

  @Override
  public String about() {
    return "Arrow codec, one core: encode, read all 12 columns, read 2 of 12 (about 6 min)";
  }

  @Override
  public void run(Results results) throws RunnerException {
    for (String compression : COMPRESSIONS) {
      for (String rows : ROWS) {
        measure(compression, rows, results);
      }
    }
  }

  private static void measure(String compression, String rows, Results results)
      throws RunnerException {
    System.err.println("# codec: " + compression + ", batches of " + rows + " rows");
    double bytesPerRow = bytesPerRow(compression, Integer.parseInt(rows));
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(CodecBenchmark.class.getName() + ".*")
                    .param("rows", rows)
                    .param("compression", compression)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run()) {
      String benchmark = result.getPrimaryResult().getLabel();
      double rowsPerSecond = result.getPrimaryResult().getScore() * Integer.parseInt(rows);
      results.add(
          "bench",
          "codec",
          "what",
          benchmark.toLowerCase(Locale.ROOT),
          "compression",
          compression,
          "batch_rows",
          Integer.parseInt(rows),
          "rows_per_s",
          rowsPerSecond,
          "bytes_per_row",
          bytesPerRow);
    }
  }

  private static double bytesPerRow(String compression, int rows) {
    try (ArrowBatchEncoder encoder =
        new ArrowBatchEncoder(
            OrderRows.TYPE, CodecBenchmark.compression(compression), new BufferPool())) {
      for (int i = 0; i < rows; i++) {
        encoder.append(OrderRows.row(i));
      }
      return (double) CodecBenchmark.recordValue(encoder, compression).length / rows;
    }
  }
}
