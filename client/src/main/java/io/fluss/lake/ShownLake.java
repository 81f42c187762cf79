package io.fluss.lake;

import java.util.Optional;

/**
 * {@code t$lake}, a table that is not stored: the rows that the lake has of table {@code t}, as
 * {@link LakeSchema#rowType} says.
 */
public final class ShownLake {

  private static final String SUFFIX = "$lake";

  private ShownLake() {}

  /** The name of the table whose lake this is; empty where it is no such name. */
  public static Optional<String> tableOf(String name) {
    return name.endsWith(SUFFIX)
        ? Optional.of(name.substring(0, name.length() - SUFFIX.length()))
        : Optional.empty();
  }
}
