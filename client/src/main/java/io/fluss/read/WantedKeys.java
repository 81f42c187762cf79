package io.fluss.read;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.OptionalInt;
import javax.annotation.Nullable;

/**
 * Which rows of a primary-key table are wanted, by their keys. Immutable.
 *
 * @param bucket the only bucket that can hold them, null where all can
 * @param prefix how their keys begin, without the column set; empty: anyhow
 */
public record WantedKeys(@Nullable Integer bucket, byte[] prefix) implements Serializable {

  /** All rows. */
  public static final WantedKeys ALL = new WantedKeys(null, new byte[0]);

  /** The only bucket that can hold them; empty where all can. */
  public OptionalInt onlyBucket() {
    return bucket == null ? OptionalInt.empty() : OptionalInt.of(bucket);
  }

  /** Whether the columns in an array, from the offset to its end, are of a wanted key. */
  boolean contains(byte[] key, int offset) {
    return contains(key, offset, key.length);
  }

  /** Whether the columns in an array, from one offset to before the other, are of a wanted key. */
  public boolean contains(byte[] bytes, int offset, int end) {
    int prefixEnd = offset + prefix.length;
    return prefixEnd <= end && Arrays.equals(prefix, 0, prefix.length, bytes, offset, prefixEnd);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WantedKeys that
        && Objects.equals(bucket, that.bucket)
        && Arrays.equals(prefix, that.prefix);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(bucket) + Arrays.hashCode(prefix);
  }

  @Override
  public String toString() {
    return "WantedKeys[bucket=" + bucket + ", prefix=" + HexFormat.of().formatHex(prefix) + "]";
  }
}
