package io.fluss.tiering.enumerator;

import io.fluss.FlussException;
import io.fluss.lake.state.LakeRegistry;
import io.fluss.lake.state.LakeState;
import io.fluss.lake.state.LakeTable;
import io.fluss.lake.state.LeaseLostException;
import io.fluss.lake.state.TieringClaim;
import io.fluss.lake.state.TieringProblem;
import io.fluss.metadata.DatabaseNotFoundException;
import io.fluss.tiering.config.TieringConfig;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes tables for this job and gives them back. What is recorded of a table may be lost where that
 * fails: the next round finds it in the lake. Thread-safe.
 */
final class Claims {

  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  private final LakeRegistry registry;
  private final TieringConfig config;
  private final String owner;
  private final Clock clock;

  /**
   * @param owner another one for each run of a job
   */
  Claims(LakeRegistry registry, TieringConfig config, String owner, Clock clock) {
    this.registry = registry;
    this.config = config;
    this.owner = owner;
    this.clock = clock;
  }

  String owner() {
    return owner;
  }

  /** Empty where the table is another job's, or not to be tiered any more. */
  Optional<TieringClaim> claim(LakeTable table) {
    return registry.claim(
        table.table(), config.format(), owner, clock.millis(), config.leaseDuration());
  }

  /**
   * Keeps a table for as long as a lease lasts from now on.
   *
   * @return whether it is still this job's, as far as is known
   */
  boolean renew(TieringClaim claim) {
    try {
      registry.renew(claim, clock.millis() + config.leaseDuration().toMillis());
      return true;
    } catch (LeaseLostException | DatabaseNotFoundException e) {
      LOG.warn("{}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.warn("Could not renew the lease of table '{}'.", claim.table().path(), e);
      return true;
    }
  }

  /**
   * Records how far the table is tiered; does its best.
   *
   * @return whether the table is still this job's, as far as is known
   */
  boolean record(TieringClaim claim, LakeState state) {
    return doItsBest(claim, () -> registry.record(claim, state));
  }

  /** Gives the table back with how far it is tiered; does its best. */
  void giveBack(TieringClaim claim, LakeState state) {
    doItsBest(claim, () -> registry.giveBack(claim, state));
  }

  /** Gives the table back; does its best. */
  void giveBack(TieringClaim claim) {
    doItsBest(claim, () -> registry.giveBack(claim));
  }

  /** Gives the table back, not to be tiered until somebody has said how to go on. */
  void park(TieringClaim claim, LakeState state, String reason) {
    String shown = config.withoutSecrets(reason);
    LOG.warn("Table '{}' is parked: {}", claim.table().path(), shown);
    giveBack(claim, state.with(new TieringProblem.Parked(shown, clock.millis())));
  }

  /** Gives the table back, to be tried again in a while. */
  void fail(TieringClaim claim, LakeState state, String reason) {
    long now = clock.millis();
    Optional<TieringProblem.Failing> before =
        state
            .problem()
            .filter(TieringProblem.Failing.class::isInstance)
            .map(TieringProblem.Failing.class::cast);
    int failures = before.map(TieringProblem.Failing::failures).orElse(0) + 1;
    giveBack(
        claim,
        state.with(
            new TieringProblem.Failing(
                config.withoutSecrets(reason),
                before.map(TieringProblem::sinceMillis).orElse(now),
                failures,
                now + config.backoff(failures).toMillis())));
  }

  /** The message of what went wrong, for the user. */
  static String reason(Throwable e) {
    return e instanceof FlussException && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  private static boolean doItsBest(TieringClaim claim, Runnable change) {
    try {
      change.run();
    } catch (LeaseLostException | DatabaseNotFoundException e) {
      LOG.info("{}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.warn(
          "Could not record how far table '{}' is tiered; the next round finds it in the lake.",
          claim.table().path(),
          e);
    }
    return true;
  }
}
