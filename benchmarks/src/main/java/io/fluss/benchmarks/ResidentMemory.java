package io.fluss.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of a process as Linux counts it: pages in RAM, of its heap, its libraries and all else.
 */
final class ResidentMemory {

  private static final String RESET_PEAK = "5";

  private final Path process;

  ResidentMemory(long pid) {
    this.process = Path.of("/proc", Long.toString(pid));
  }

  static boolean isKnown() {
    return Files.isReadable(Path.of("/proc/self/status"));
  }

  /** Peaks are those from now on. */
  void forgetPeak() throws IOException {
    Files.writeString(process.resolve("clear_refs"), RESET_PEAK);
  }

  /** The most that it has held at a time, which the kernel keeps: no sample is missed. */
  double peakMegabytes() throws IOException {
    return megabytes("VmHWM:");
  }

  /** The share of libraries and jars, which the system can take away and read again. */
  double fileMegabytes() throws IOException {
    return megabytes("RssFile:");
  }

  private double megabytes(String line) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
            .filter(text -> text.startsWith(line))
            .mapToLong(text -> Long.parseLong(text.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow(() -> new IOException("No line '" + line + "' in " + process + "/status."))
        / 1024.0;
  }
}
