package io.fluss.source.split;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Tells a reader that it has its splits of all partitions that are known. Without any it has
 * nothing to wait for, though partitions may come.
 */
public record PartitionsAssigned() implements SourceEvent {

  private static final long serialVersionUID = 1L;
}
