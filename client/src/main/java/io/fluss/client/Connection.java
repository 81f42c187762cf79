package io.fluss.client;

import io.fluss.FlussException;
import io.fluss.admin.TableNotFoundException;
import io.fluss.client.admin.Admin;
import io.fluss.client.admin.ConnectedAdmin;
import io.fluss.client.shared.ClientContext;
import io.fluss.client.table.Table;
import io.fluss.table.TablePath;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.Configuration;

/**
 * A connection to a cluster: heavy, thread-safe, to be shared by a whole program. Writers share its
 * Kafka producers and its threads; scanners have connections of their own.
 *
 * <p>Whoever makes something over it closes that. {@link #close} closes what is left: writers
 * flush, calls that wait in other threads end with an error, and so do futures of questions that
 * are not answered yet: none stays open.
 */
@PublicEvolving
public final class Connection implements AutoCloseable {

  private final ClientContext context;

  Connection(ClientContext context) {
    this.context = context;
  }

  /** What it was made with, secrets included. A copy. */
  public Configuration getConfiguration() {
    return Configuration.fromMap(context.options());
  }

  /** Asks and changes what the cluster has. */
  public Admin getAdmin() {
    context.requireOpen();
    return new ConnectedAdmin(context);
  }

  /**
   * A table, as it is now; blocks until the cluster answers.
   *
   * @throws TableNotFoundException where there is none
   * @throws FlussException where the cluster does not answer, or not to this user
   * @throws IllegalStateException where this is closed
   */
  public Table getTable(TablePath tablePath) {
    context.requireOpen();
    return new Table(context.tables().table(tablePath), context);
  }

  /**
   * Frees everything. Does nothing where it was closed before.
   *
   * @throws IllegalStateException where this is a thread of Kafka's producer: in what depends on
   *     the future of a write use {@code thenRunAsync}
   */
  @Override
  public void close() {
    context.close();
  }

  @Override
  public String toString() {
    return "Connection[" + context.client().bootstrapServers() + "]";
  }
}
