package io.fluss.lookup;

import io.fluss.options.MergeEngine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.RowData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The followers of this process, one per table, connection and local directory, with the number of
 * lookups that use each. With the connector's jar in Flink's {@code lib} directory that is one per
 * task manager; in a job's own jar, one per task manager and job.
 *
 * <p>Where it is one per task manager, a follower outlives its last lookup for a while: a job that
 * starts anew, or the next of many short ones, finds the rows there. In a job's own jar it ends
 * with the job, whose class loader Flink then closes.
 */
final class SharedFollowers {

  private static final Logger LOG = LoggerFactory.getLogger(SharedFollowers.class);

  private static final Map<LookupSettings.Identity, Shared> FOLLOWERS = new HashMap<>();

  private static final boolean OUTLIVES_JOBS =
      SharedFollowers.class.getClassLoader() == RowData.class.getClassLoader();

  private SharedFollowers() {}

  static TableLookup open(LookupSettings settings) {
    LookupSettings.Identity identity = settings.identity();
    synchronized (FOLLOWERS) {
      Shared known = FOLLOWERS.get(identity);
      // Who holds a failed one keeps it; who comes now begins anew.
      if (known == null || known.follower.hasFailed()) {
        known = new Shared(BucketFollower.start(settings));
        FOLLOWERS.put(identity, known);
      } else {
        warnIfBoundDiffers(known.follower.settings(), settings);
        known.follower.learn(settings.table());
      }
      known.users++;
      known.uses++;
      Shared shared = known;
      return new TableLookup(shared.follower, () -> release(identity, shared));
    }
  }

  private static void warnIfBoundDiffers(LookupSettings inForce, LookupSettings asked) {
    if (inForce.memoryBytes() != asked.memoryBytes()) {
      LOG.warn(
          "Lookups of table '{}' share their rows in this process, within the 'lookup.memory-size'"
              + " of the first of them, {} bytes; the {} bytes asked for now have no effect.",
          asked.table().path(),
          inForce.memoryBytes(),
          asked.memoryBytes());
    }
  }

  private static void release(LookupSettings.Identity identity, Shared shared) {
    Duration keepAlive = shared.follower.settings().keepAlive();
    // A log that is cut off fails its follower, which would be the next job's to suffer.
    boolean kept =
        OUTLIVES_JOBS
            && !keepAlive.isZero()
            && !shared.follower.hasFailed()
            && shared.follower.settings().table().mergeEngine() == MergeEngine.LAST_ROW;
    long usesSoFar;
    synchronized (FOLLOWERS) {
      shared.users--;
      usesSoFar = shared.uses;
    }
    if (kept) {
      CompletableFuture.delayedExecutor(keepAlive.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> endIfUnused(identity, shared, usesSoFar));
    } else {
      endIfUnused(identity, shared, usesSoFar);
    }
  }

  /** Ends a follower that nobody uses, and nobody has used since. */
  private static void endIfUnused(LookupSettings.Identity identity, Shared shared, long usesThen) {
    synchronized (FOLLOWERS) {
      if (shared.users > 0 || shared.uses != usesThen) {
        return;
      }
      FOLLOWERS.remove(identity, shared);
    }
    shared.follower.close();
  }

  /** A follower and who uses it; under the lock of the map. */
  private static final class Shared {
    private final BucketFollower follower;
    private int users;
    private long uses;

    Shared(BucketFollower follower) {
      this.follower = follower;
    }
  }
}
