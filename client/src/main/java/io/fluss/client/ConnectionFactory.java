package io.fluss.client;

import io.fluss.FlussException;
import io.fluss.client.shared.ClientContext;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.Configuration;

/** Makes connections. */
@PublicEvolving
public final class ConnectionFactory {

  private ConnectionFactory() {}

  /**
   * A connection to a cluster; whoever makes it closes it. Says nothing to the cluster before it is
   * asked something.
   *
   * @param configuration {@code bootstrap.servers} at least; {@code client.security.*}, {@code
   *     client.writer.*}, {@code client.scanner.*}, {@code client.rack}, {@code lookup.*}, {@code
   *     datalake.*}, and {@code properties.*} for Kafka's clients
   * @throws FlussException naming everything that is wrong with it
   */
  public static Connection createConnection(Configuration configuration) {
    return createConnection(configuration.toMap());
  }

  /** As {@link #createConnection(Configuration)}. */
  public static Connection createConnection(Map<String, String> configuration) {
    return new Connection(ClientContext.open(configuration));
  }
}
