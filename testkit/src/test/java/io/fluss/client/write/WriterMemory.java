package io.fluss.client.write;

/** What a writer holds, for tests of other packages. */
public final class WriterMemory {

  private WriterMemory() {}

  /** Bytes of buffers that are not back in the pool. */
  public static long gatheredBytes(AppendWriter writer) {
    return ((LogAppendWriter) writer).gatheredBytes();
  }
}
