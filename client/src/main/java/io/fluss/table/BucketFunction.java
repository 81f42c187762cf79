package io.fluss.table;

import java.util.Arrays;
import org.apache.flink.annotation.PublicEvolving;

/**
 * How a bucket key becomes a bucket. Recorded per table, so that it never changes under its data.
 */
@PublicEvolving
public enum BucketFunction {
  /** 32-bit Murmur3 of the bucket key's bytes, see {@code docs/format/bucketing.md}. */
  MURMUR3("murmur3"),
  /**
   * That of Apache Paimon, so that a bucket of the table is one of its lake table, see {@code
   * docs/format/bucketing.md}. New tables with a bucket key have it, whether or not they have a
   * lake.
   */
  PAIMON("paimon");

  private final String id;

  BucketFunction(String id) {
    this.id = id;
  }

  /** The name under which the function is recorded. */
  public String id() {
    return id;
  }

  /** The function recorded as {@code id}; throws IllegalArgumentException where it is unknown. */
  public static BucketFunction of(String id) {
    return Arrays.stream(values())
        .filter(f -> f.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Bucket function '"
                        + id
                        + "' is unknown to this version; known: "
                        + Arrays.stream(values()).map(BucketFunction::id).toList()
                        + "."));
  }
}
