package io.fluss.typed;

/** Makes Flink's internal value of a Java value; neither is null. Thread-safe. */
@FunctionalInterface
interface ToInternal {

  Object internal(Object value);
}
