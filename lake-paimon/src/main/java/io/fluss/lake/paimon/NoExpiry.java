package io.fluss.lake.paimon;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.apache.paimon.Snapshot;
import org.apache.paimon.consumer.Consumer;
import org.apache.paimon.consumer.ConsumerManager;
import org.apache.paimon.table.FileStoreTable;

/**
 * While a snapshot of ours is put in place and has no tag yet, no snapshot from there on expires,
 * whoever asks for it: else a process that is killed in between could leave a lake whose newest
 * offsets nobody knows, or takes for older ones.
 *
 * <p>Paimon has that for its streaming reads: a consumer, a small file that names the next snapshot
 * that it wants. Each commit has its own, so that none ends that of another.
 */
final class NoExpiry {

  private static final String PREFIX = "fluss-commit-";

  private final ConsumerManager consumers;
  private final String name;

  private NoExpiry(ConsumerManager consumers, String name) {
    this.consumers = consumers;
    this.name = name;
  }

  private static ConsumerManager consumers(FileStoreTable table) {
    return new ConsumerManager(table.fileIO(), table.location(), table.coreOptions().branch());
  }

  /** Keeps all snapshots that are made from now on. */
  static NoExpiry begin(FileStoreTable table) {
    Long latest = table.snapshotManager().latestSnapshotId();
    long next = latest == null ? Snapshot.FIRST_SNAPSHOT_ID : latest + 1;
    NoExpiry begun = new NoExpiry(consumers(table), PREFIX + UUID.randomUUID());
    begun.consumers.resetConsumer(begun.name, new Consumer(next));
    return begun;
  }

  /** Lets them expire, as far as others do. */
  void end() {
    consumers.deleteConsumer(name);
  }

  /**
   * Ends those that a snapshot of new rows makes needless: its own, and those of processes that
   * died or come too late. Who began before it was made has an older snapshot or none, and gets
   * none any more, since the lake's offsets are others now.
   *
   * @param tagged has a tag
   */
  static void endUpTo(FileStoreTable table, Snapshot tagged) {
    ConsumerManager consumers = consumers(table);
    try {
      for (Map.Entry<String, Long> consumer : consumers.consumers().entrySet()) {
        if (consumer.getKey().startsWith(PREFIX) && consumer.getValue() <= tagged.id()) {
          consumers.deleteConsumer(consumer.getKey());
        }
      }
    } catch (IOException e) {
      throw PaimonFailure.of(
          "The consumers of lake table '" + table.name() + "' cannot be listed", e);
    }
  }
}
