package io.fluss.tiering.reader;

/** The round of a range was given up while the range was in work, or the reader is closed. */
final class RangeCancelledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RangeCancelledException() {
    super("The range is of no use any more.", null, false, false);
  }
}
