package io.fluss.predicate;

/** What strings that match a LIKE pattern have behind its literal start. */
public enum LikeRest {
  /** Nothing: the start alone matches. */
  NOTHING,
  /** Anything: all strings that begin so match. */
  ANYTHING,
  /** Something that only the pattern can tell: not all strings that begin so match. */
  OTHER
}
