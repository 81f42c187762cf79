package io.fluss.dist.sql;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.client.gateway.Executor;
import org.apache.flink.table.client.gateway.StatementResult;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.utils.print.RowDataToStringConverter;
import org.apache.flink.util.CloseableIterator;

/**
 * Flink's executor with secrets hidden in what statements tell and fail by: {@code SHOW CREATE
 * CATALOG} and {@code DESCRIBE CATALOG EXTENDED} show the options of a catalog in clear, and so do
 * some of Flink's messages. Learns the secrets of each statement before it runs. Rows of queries
 * are left as they are.
 */
final class HidingExecutor implements Executor {

  /** How Flink answers {@code SET}. */
  private static final List<String> KEY_AND_VALUE = List.of("key", "value");

  private final Executor executor;
  private final KnownSecrets secrets;

  /** Closes the other with this. */
  HidingExecutor(Executor executor, KnownSecrets secrets) {
    this.executor = executor;
    this.secrets = secrets;
  }

  @Override
  public StatementResult executeStatement(String statement) {
    secrets.learnStatement(statement);
    StatementResult result = hiding(() -> executor.executeStatement(statement));
    boolean keyAndValue = result.getResultSchema().getColumnNames().equals(KEY_AND_VALUE);
    RowDataToStringConverter converter = result.getRowDataToStringConverter();
    return new StatementResult(
        result.getResultSchema(),
        new HidingRows(result),
        result.isQueryResult(),
        result.getResultKind(),
        result.getJobId(),
        result.isQueryResult()
            ? converter
            : row -> secrets.hidden(converter.convert(row), keyAndValue));
  }

  private <T> T hiding(Supplier<T> action) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      throw HiddenFailure.of(e, secrets::hidden);
    }
  }

  /** Rows come while the job runs, and may end with its failure. */
  private final class HidingRows implements CloseableIterator<RowData> {

    private final StatementResult result;

    HidingRows(StatementResult result) {
      this.result = result;
    }

    @Override
    public boolean hasNext() {
      return hiding(result::hasNext);
    }

    @Override
    public RowData next() {
      return hiding(result::next);
    }

    @Override
    public void close() {
      result.close();
    }
  }

  @Override
  public void configureSession(String statement) {
    secrets.learnStatement(statement);
    hiding(
        () -> {
          executor.configureSession(statement);
          return null;
        });
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
    if (script != null) {
      secrets.learnStatement(script);
    }
    return hiding(() -> executor.deployScript(script, uri));
  }

  @Override
  public void close() {
    executor.close();
  }
}
