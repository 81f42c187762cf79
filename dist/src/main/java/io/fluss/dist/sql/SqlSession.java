package io.fluss.dist.sql;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.table.client.cli.CliClient;
import org.apache.flink.table.client.gateway.Executor;
import org.apache.flink.table.client.gateway.SingleSessionManager;
import org.apache.flink.table.client.gateway.StatementResult;
import org.apache.flink.table.gateway.rest.SqlGatewayRestEndpoint;
import org.apache.flink.table.gateway.service.SqlGatewayServiceImpl;
import org.apache.flink.table.gateway.service.context.DefaultContext;
import org.apache.flink.table.gateway.service.session.SessionManager;

/**
 * One session of Flink's SQL client and the gateway it speaks to, both in this JVM.
 *
 * <p>These are the parts that Flink's {@code SqlClient} wires; its main class is left out because
 * it wants a configuration directory and flink-python, and exits with 0 whatever happens.
 */
public final class SqlSession implements AutoCloseable {

  private static final String SESSION = "fluss";
  private static final String HISTORY_FILE = ".flink-sql-history";

  private final SessionManager sessions;
  private final SqlGatewayRestEndpoint gateway;
  private final Executor executor;

  private SqlSession(SessionManager sessions, SqlGatewayRestEndpoint gateway, Executor executor) {
    this.sessions = sessions;
    this.gateway = gateway;
    this.executor = executor;
  }

  /**
   * Opens a session.
   *
   * @param configuration Flink options, among them where jobs are submitted
   * @param secrets learns those of the configuration and of each statement
   */
  public static SqlSession open(Configuration configuration, KnownSecrets secrets)
      throws Exception {
    secrets.learn(configuration.toMap());
    DefaultContext context = new DefaultContext(configuration, List.of());
    SessionManager sessions = new SingleSessionManager(context);
    Configuration address = new Configuration();
    address.set(RestOptions.ADDRESS, "localhost");
    address.set(RestOptions.BIND_ADDRESS, "localhost");
    address.set(RestOptions.BIND_PORT, "0");
    sessions.start();
    SqlGatewayRestEndpoint gateway =
        new SqlGatewayRestEndpoint(address, new SqlGatewayServiceImpl(sessions));
    gateway.start();
    InetSocketAddress bound = gateway.getServerAddress();
    Executor executor =
        new HidingExecutor(
            Executor.create(
                context, InetSocketAddress.createUnresolved("localhost", bound.getPort()), SESSION),
            secrets);
    return new SqlSession(sessions, gateway, executor);
  }

  /** Flink's prompt, until the user leaves. */
  public void runInteractively() {
    Path history = Path.of(System.getProperty("user.home"), HISTORY_FILE);
    try (CliClient client = new CliClient(CliClient.DEFAULT_TERMINAL_FACTORY, executor, history)) {
      client.executeInInteractiveMode();
    }
  }

  StatementResult execute(String statement) {
    return executor.executeStatement(statement);
  }

  ReadableConfig configuration() {
    return executor.getSessionConfig();
  }

  @Override
  public void close() {
    try {
      executor.close();
    } finally {
      gateway.closeAsync().join();
      sessions.stop();
    }
  }
}
