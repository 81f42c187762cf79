package io.fluss.lookup;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The followers of this process, one per table, connection and local directory, with the number of
 * lookups that use each. With the connector's jar in Flink's {@code lib} directory that is one per
 * task manager; in a job's own jar, one per task manager and job.
 */
final class SharedFollowers {

  private static final Logger LOG = LoggerFactory.getLogger(SharedFollowers.class);

  private static final Map<LookupSettings.Identity, Shared> FOLLOWERS = new HashMap<>();

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
      }
      known.users++;
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
    synchronized (FOLLOWERS) {
      shared.users--;
      if (shared.users > 0) {
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

    Shared(BucketFollower follower) {
      this.follower = follower;
    }
  }
}
