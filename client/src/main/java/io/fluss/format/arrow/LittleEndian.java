package io.fluss.format.arrow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays as Arrow stores them. Positions are in bytes and need no alignment. */
final class LittleEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static short getShort(byte[] bytes, int position) {
    return (short) SHORT.get(bytes, position);
  }

  static int getInt(byte[] bytes, int position) {
    return (int) INT.get(bytes, position);
  }

  static long getLong(byte[] bytes, int position) {
    return (long) LONG.get(bytes, position);
  }

  static void putShort(byte[] bytes, int position, short value) {
    SHORT.set(bytes, position, value);
  }

  static void putInt(byte[] bytes, int position, int value) {
    INT.set(bytes, position, value);
  }

  static void putLong(byte[] bytes, int position, long value) {
    LONG.set(bytes, position, value);
  }
}
