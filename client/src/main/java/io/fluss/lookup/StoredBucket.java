package io.fluss.lookup;

import io.fluss.table.TableInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A bucket as local files know it. They hold those of all topics of a table; another topic of the
 * same name has other rows.
 *
 * @param topicId Kafka's id of the topic, 255 bytes of UTF-8 at most
 */
record StoredBucket(String topicId, int bucket) {

  static StoredBucket of(TableInfo inTopic, int bucket) {
    return new StoredBucket(String.valueOf(inTopic.topicId()), bucket);
  }

  /** How its keys in the files begin: kind, length of the topic's id, the id, bucket in 4 bytes. */
  byte[] keyPrefix(byte kind) {
    byte[] topic = topicId.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + topic.length + Integer.BYTES)
        .put(kind)
        .put((byte) topic.length)
        .put(topic)
        .putInt(bucket)
        .array();
  }

  /** The bucket whose keys begin so. */
  static StoredBucket ofKeyPrefix(byte[] prefix) {
    ByteBuffer bytes = ByteBuffer.wrap(prefix).position(1);
    byte[] topic = new byte[bytes.get() & 0xFF];
    bytes.get(topic);
    return new StoredBucket(new String(topic, StandardCharsets.UTF_8), bytes.getInt());
  }

  /** The bucket behind this one, of which there need be none: where the keys of this one end. */
  StoredBucket next() {
    return new StoredBucket(topicId, bucket + 1);
  }
}
