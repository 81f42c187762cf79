package io.fluss.tiering.split;

import org.apache.flink.api.connector.source.SourceEvent;

/** To readers: a round is given up, and what of it is in work is of no use. */
public record RoundOver(long round) implements SourceEvent {

  private static final long serialVersionUID = 1L;
}
