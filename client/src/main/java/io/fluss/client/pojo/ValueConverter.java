package io.fluss.client.pojo;

/** Values of one column: as Flink has them in rows, and as users have them. None is null. */
interface ValueConverter {

  Object toInternal(Object external);

  Object toExternal(Object internal);
}
