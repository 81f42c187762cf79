package io.fluss.predicate;

/**
 * What a condition may be over rows of which not all is known: a set of {@link Truth}s that holds
 * at least those that occur. Operators take their operands to be independent, which may only make
 * the set larger.
 */
record Truths(boolean canBeTrue, boolean canBeFalse, boolean canBeUnknown) {

  static final Truths ANY = new Truths(true, true, true);

  static Truths of(Truth only) {
    return new Truths(only == Truth.TRUE, only == Truth.FALSE, only == Truth.UNKNOWN);
  }

  boolean contains(Truth truth) {
    return switch (truth) {
      case TRUE -> canBeTrue;
      case FALSE -> canBeFalse;
      case UNKNOWN -> canBeUnknown;
    };
  }

  Truths and(Truths other) {
    return new Truths(
        canBeTrue && other.canBeTrue,
        canBeFalse || other.canBeFalse,
        canBeUnknown && (other.canBeTrue || other.canBeUnknown)
            || other.canBeUnknown && (canBeTrue || canBeUnknown));
  }

  Truths or(Truths other) {
    return not().and(other.not()).not();
  }

  Truths not() {
    return new Truths(canBeFalse, canBeTrue, canBeUnknown);
  }

  /** Whether the truth is this one. */
  Truths is(Truth wanted) {
    boolean others =
        canBeTrue && wanted != Truth.TRUE
            || canBeFalse && wanted != Truth.FALSE
            || canBeUnknown && wanted != Truth.UNKNOWN;
    return new Truths(contains(wanted), others, false);
  }
}
