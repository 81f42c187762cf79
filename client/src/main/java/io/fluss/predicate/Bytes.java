package io.fluss.predicate;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Bytes with an order, that of their unsigned values: that of strings too, by their UTF-8 form. The
 * array is not copied and never changed.
 */
record Bytes(byte[] array) implements Comparable<Bytes>, Serializable {

  boolean startsWith(Bytes prefix) {
    int length = prefix.array.length;
    return array.length >= length && Arrays.equals(array, 0, length, prefix.array, 0, length);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return "Bytes" + Arrays.toString(array);
  }
}
