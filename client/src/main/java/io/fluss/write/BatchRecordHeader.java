package io.fluss.write;

import org.apache.kafka.common.header.Header;

/** The one header of a batch's record; Kafka's own class for it is not public. */
@SuppressWarnings("ArrayRecordComponent")
record BatchRecordHeader(String key, byte[] value) implements Header {}
