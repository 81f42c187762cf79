package io.fluss.dist.command;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what a command started, last first, once: at the end of the command or when the JVM is
 * interrupted, whichever comes first. A failure to close one thing does not keep the others open.
 */
final class Cleanup implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private Cleanup() {}

  static Cleanup atExitToo() {
    Cleanup cleanup = new Cleanup();
    Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "fluss-cleanup"));
    return cleanup;
  }

  synchronized <T extends AutoCloseable> T add(T closeable) {
    open.push(closeable);
    return closeable;
  }

  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      AutoCloseable next = open.pop();
      try {
        next.close();
      } catch (Exception e) {
        System.err.println("Cannot stop " + next.getClass().getSimpleName() + ": " + e);
      }
    }
  }
}
