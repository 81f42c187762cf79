package io.fluss.write;

import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * Asks for partitions on a thread of its own, so that the writer's thread goes on meanwhile. All
 * that are asked for while a request is on its way go together into the next: many new partitions
 * take as long as two.
 *
 * <p>The first failure is kept, and every later call throws it: a writer that misses a partition
 * cannot go on. Thread-safe.
 */
final class PartitionQueue implements AutoCloseable {

  private final String threadName;
  private final PartitionSource source;

  /** Asked for, and not yet found. */
  private final Set<PartitionName> asked = new HashSet<>();

  /** Those of {@link #asked} that no request has taken along. */
  private final Set<PartitionName> waiting = new HashSet<>();

  private final Map<PartitionName, Partition> found = new HashMap<>();

  @Nullable private RuntimeException failure;

  /** There is one while something is asked for. */
  @Nullable private Thread thread;

  private boolean closed;

  PartitionQueue(String threadName, PartitionSource source) {
    this.threadName = threadName;
    this.source = source;
  }

  /** Begins to ask for a partition, unless that was begun before. */
  synchronized void ask(PartitionName name) {
    if (closed || found.containsKey(name) || !asked.add(name)) {
      return;
    }
    waiting.add(name);
    if (thread == null) {
      thread = new Thread(this::run, threadName);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Whether {@link #take} would not wait. */
  synchronized boolean isAnswered(PartitionName name) {
    return failure != null || found.containsKey(name);
  }

  /** Whether the partition is being asked for, or was found and not taken yet. */
  synchronized boolean isAsked(PartitionName name) {
    return asked.contains(name) || found.containsKey(name);
  }

  /** Waits for a partition, which is forgotten then; asks for it where nobody did. */
  synchronized Partition take(PartitionName name) throws InterruptedException {
    ask(name);
    while (failure == null && !closed && !found.containsKey(name)) {
      wait();
    }
    if (failure != null) {
      throw failure;
    }
    Partition partition = found.remove(name);
    if (partition == null) {
      throw new IllegalStateException("The writer is closed.");
    }
    return partition;
  }

  private void run() {
    List<PartitionName> names = next();
    while (!names.isEmpty()) {
      try {
        answered(source.require(names));
      } catch (Throwable e) {
        failed(e);
        return;
      }
      names = next();
    }
  }

  private synchronized List<PartitionName> next() {
    List<PartitionName> names = closed ? List.of() : List.copyOf(waiting);
    waiting.clear();
    if (names.isEmpty()) {
      thread = null;
    }
    return names;
  }

  private synchronized void answered(Map<PartitionName, Partition> partitions) {
    asked.removeAll(partitions.keySet());
    found.putAll(partitions);
    notifyAll();
  }

  private synchronized void failed(Throwable e) {
    failure =
        e instanceof RuntimeException known
            ? known
            : new WriteFailedException("Could not look for partitions of the table: " + e, e);
    notifyAll();
  }

  /** Gives up what is asked for. */
  @Override
  public synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
    notifyAll();
  }
}
