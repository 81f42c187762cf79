package io.fluss.client.scan;

/**
 * What of a bucket's log is read.
 *
 * @param start the first offset
 * @param end the offset behind the last
 */
record BucketRange(ReadBucket bucket, long start, long end) {

  boolean isEmpty() {
    return start >= end;
  }
}
