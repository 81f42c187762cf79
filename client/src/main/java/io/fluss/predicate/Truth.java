package io.fluss.predicate;

import org.apache.flink.annotation.PublicEvolving;

/** What a condition of SQL may be. */
@PublicEvolving
public enum Truth {
  TRUE,
  FALSE,
  /** Neither: it depends on a value that is null. */
  UNKNOWN;

  public static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  Truth and(Truth other) {
    if (this == FALSE || other == FALSE) {
      return FALSE;
    }
    return this == TRUE ? other : UNKNOWN;
  }

  Truth or(Truth other) {
    return not().and(other.not()).not();
  }

  Truth not() {
    return switch (this) {
      case TRUE -> FALSE;
      case FALSE -> TRUE;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
