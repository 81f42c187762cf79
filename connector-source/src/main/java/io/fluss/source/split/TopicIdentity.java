package io.fluss.source.split;

import java.io.Serializable;

/**
 * A topic that is or was there. One that is deleted and created again is another one.
 *
 * @param id Kafka's id
 */
public record TopicIdentity(String name, String id) implements Serializable {}
