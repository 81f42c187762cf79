package io.fluss.format.arrow;

/** A range of an array. Not copied. */
record Slice(byte[] bytes, int start, int length) {
  static final Slice EMPTY = new Slice(new byte[0], 0, 0);
}
