package io.fluss.format.arrow;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import javax.annotation.Nullable;

/**
 * Native contexts that wait for their next use. A context costs up to a megabyte and many
 * microseconds, and there may be thousands of encoders, so a thread holds one only while it works
 * on a batch. Thread-safe.
 */
final class IdleContexts<C extends Closeable> {
  private static final int MAX_IDLE = 8;

  private final BlockingQueue<C> idle = new ArrayBlockingQueue<>(MAX_IDLE);
  private final Supplier<C> factory;

  IdleContexts(Supplier<C> factory) {
    this.factory = factory;
  }

  C borrow() {
    @Nullable C context = idle.poll();
    return context != null ? context : factory.get();
  }

  void giveBack(C context) {
    if (!idle.offer(context)) {
      try {
        context.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot free a compression context", e);
      }
    }
  }
}
