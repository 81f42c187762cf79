package io.fluss.testkit.lake;

import io.fluss.table.TablePath;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.annotation.Nullable;

/**
 * What a test wants to happen to the lake of one database, at which step. What is set here happens
 * in the thread that takes the step: it may throw, or wait. Thread-safe.
 */
public final class LakeFaults {

  /** Steps of a round at which a lake can be made to fail. */
  public enum Step {
    /** A writer closes what it wrote. */
    FINISH,
    /** The files are there, the snapshot is not. */
    BEFORE_COMMIT,
    /** The snapshot is there, and nobody knows yet. */
    AFTER_COMMIT,
    /** It is recorded, and the lake table is looked after next. */
    MAINTENANCE
  }

  /** Is told how commits end. */
  public interface Outcomes {

    /**
     * In the thread of the commit.
     *
     * @param refusal why there is no snapshot of it, null where there is one
     */
    void ended(TablePath table, @Nullable RuntimeException refusal);
  }

  private static final Consumer<TablePath> NOTHING = path -> {};
  private static final Map<String, LakeFaults> BY_DATABASE = new ConcurrentHashMap<>();

  private final Map<Step, Consumer<TablePath>> actions = new ConcurrentHashMap<>();

  private volatile Outcomes outcomes = (table, refusal) -> {};

  private LakeFaults() {}

  /** Those of a database; none at first. */
  public static LakeFaults of(String database) {
    return BY_DATABASE.computeIfAbsent(database, d -> new LakeFaults());
  }

  /** From now on this happens at the step. */
  public void at(Step step, Consumer<TablePath> action) {
    actions.put(step, action);
  }

  /** From now on this is told of commits that the format itself has come to. */
  public void tell(Outcomes listener) {
    outcomes = listener;
  }

  /** From now on nothing happens. */
  public void clear() {
    actions.clear();
  }

  void ended(TablePath table, @Nullable RuntimeException refusal) {
    outcomes.ended(table, refusal);
  }

  void reached(Step step, TablePath table) {
    actions.getOrDefault(step, NOTHING).accept(table);
  }
}
