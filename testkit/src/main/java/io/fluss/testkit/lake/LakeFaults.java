package io.fluss.testkit.lake;

import io.fluss.table.TablePath;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

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
    AFTER_COMMIT
  }

  private static final Consumer<TablePath> NOTHING = path -> {};
  private static final Map<String, LakeFaults> BY_DATABASE = new ConcurrentHashMap<>();

  private final Map<Step, Consumer<TablePath>> actions = new ConcurrentHashMap<>();

  private LakeFaults() {}

  /** Those of a database; none at first. */
  public static LakeFaults of(String database) {
    return BY_DATABASE.computeIfAbsent(database, d -> new LakeFaults());
  }

  /** From now on this happens at the step. */
  public void at(Step step, Consumer<TablePath> action) {
    actions.put(step, action);
  }

  /** From now on nothing happens. */
  public void clear() {
    actions.clear();
  }

  void reached(Step step, TablePath table) {
    actions.getOrDefault(step, NOTHING).accept(table);
  }
}
