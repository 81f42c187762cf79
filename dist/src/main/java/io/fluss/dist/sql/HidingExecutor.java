package io.fluss.dist.sql;

import java.net.URI;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.client.gateway.Executor;
import org.apache.flink.table.client.gateway.StatementResult;

/**
 * Flink's executor with secrets hidden in what statements tell: {@code SHOW CREATE CATALOG} and
 * {@code DESCRIBE CATALOG EXTENDED} show the options of a catalog in clear. Rows of queries are
 * left as they are.
 */
final class HidingExecutor implements Executor {

  private final Executor executor;

  /** Closes the other with this. */
  HidingExecutor(Executor executor) {
    this.executor = executor;
  }

  @Override
  public StatementResult executeStatement(String statement) {
    StatementResult result = executor.executeStatement(statement);
    if (result.isQueryResult()) {
      return result;
    }
    return new StatementResult(
        result.getResultSchema(),
        result,
        false,
        result.getResultKind(),
        result.getJobId(),
        row -> Secrets.hidden(result.getRowDataToStringConverter().convert(row)));
  }

  @Override
  public void configureSession(String statement) {
    executor.configureSession(statement);
  }

  @Override
  public ReadableConfig getSessionConfig() {
    return executor.getSessionConfig();
  }

  @Override
  public Map<String, String> getSessionConfigMap() {
    return executor.getSessionConfigMap();
  }

  @Override
  public List<String> completeStatement(String statement, int position) {
    return executor.completeStatement(statement, position);
  }

  @Override
  public String deployScript(@Nullable String script, @Nullable URI uri) {
    return executor.deployScript(script, uri);
  }

  @Override
  public void close() {
    executor.close();
  }
}
