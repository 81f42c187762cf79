package io.fluss.predicate;

/** Where the columns of a row are in another one. */
@FunctionalInterface
interface Positions {

  int of(int position);
}
