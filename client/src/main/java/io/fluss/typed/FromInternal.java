package io.fluss.typed;

/** Makes the Java value of one of Flink's internal values; neither is null. Thread-safe. */
@FunctionalInterface
interface FromInternal {

  Object value(Object internal);
}
