package io.fluss.read;

/** Defaults for memory that are less where the heap of the process is small. */
public final class HeapShare {

  private HeapShare() {}

  /**
   * One of {@code parts} equal parts of the largest heap that this process may have, and {@code
   * most} where that is less.
   *
   * @throws IllegalArgumentException where there are no parts
   */
  public static long bytes(int parts, long most) {
    if (parts < 1) {
      throw new IllegalArgumentException("The heap has no " + parts + " parts.");
    }
    return Math.min(most, Runtime.getRuntime().maxMemory() / parts);
  }
}
