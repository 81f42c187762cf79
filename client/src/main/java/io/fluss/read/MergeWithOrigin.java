package io.fluss.read;

import io.fluss.format.bytes.LittleEndian;
import io.fluss.merge.MergeFunction;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * Merges values that carry where they come from: Kafka offset and timestamp of the record, behind
 * the value's own bytes. The state carries those of the last record with a value that had a part in
 * it. One thread.
 */
final class MergeWithOrigin implements MergeFunction {

  private static final int BYTES = 2 * Long.BYTES;

  private final MergeFunction function;

  MergeWithOrigin(MergeFunction function) {
    this.function = function;
  }

  static byte[] carry(byte[] value, long offset, long timestampMillis) {
    byte[] carried = Arrays.copyOf(value, value.length + BYTES);
    LittleEndian.putLong(carried, value.length, offset);
    LittleEndian.putLong(carried, value.length + Long.BYTES, timestampMillis);
    return carried;
  }

  static long offset(byte[] carried) {
    return LittleEndian.getLong(carried, carried.length - BYTES);
  }

  static long timestampMillis(byte[] carried) {
    return LittleEndian.getLong(carried, carried.length - Long.BYTES);
  }

  static byte[] value(byte[] carried) {
    return Arrays.copyOf(carried, carried.length - BYTES);
  }

  @Override
  @Nullable
  public byte[] merge(@Nullable byte[] state, int columnSet, @Nullable byte[] value) {
    byte[] before = state == null ? null : value(state);
    byte[] after = function.merge(before, columnSet, value == null ? null : value(value));
    if (after == null) {
      return null;
    }
    if (after == before) {
      return state;
    }
    byte[] origin = value == null ? state : value;
    return carry(after, offset(origin), timestampMillis(origin));
  }

  @Override
  @Nullable
  public byte[] row(@Nullable byte[] state) {
    if (state == null) {
      return null;
    }
    byte[] before = value(state);
    byte[] row = function.row(before);
    if (row == null || row == before) {
      return row == null ? null : state;
    }
    return carry(row, offset(state), timestampMillis(state));
  }
}
