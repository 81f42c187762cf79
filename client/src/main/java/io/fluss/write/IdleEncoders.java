package io.fluss.write;

import io.fluss.format.arrow.ArrowBatchEncoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Empty encoders that keep their buffers for the next batch of whatever bucket. The one used last
 * is given out first, so that a writer works on as little memory as it can. One thread.
 */
final class IdleEncoders implements AutoCloseable {

  private final Supplier<ArrowBatchEncoder> create;
  private final Deque<ArrowBatchEncoder> idle = new ArrayDeque<>();

  /** How many were never taken since the last {@link #trim()}; they lie at the bottom. */
  private int unused;

  IdleEncoders(Supplier<ArrowBatchEncoder> create) {
    this.create = create;
  }

  ArrowBatchEncoder take() {
    ArrowBatchEncoder encoder = idle.pollLast();
    if (encoder == null) {
      return create.get();
    }
    unused = Math.min(unused, idle.size());
    return encoder;
  }

  void giveBack(ArrowBatchEncoder encoder) {
    encoder.reset();
    idle.addLast(encoder);
  }

  boolean isEmpty() {
    return idle.isEmpty();
  }

  /** Frees those that were not needed since the last call. */
  void trim() {
    for (; unused > 0; unused--) {
      idle.removeFirst().close();
    }
    unused = idle.size();
  }

  @Override
  public void close() {
    idle.forEach(ArrowBatchEncoder::close);
    idle.clear();
    unused = 0;
  }
}
