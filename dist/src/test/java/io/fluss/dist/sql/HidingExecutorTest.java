package io.fluss.dist.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.client.gateway.Executor;
import org.apache.flink.table.client.gateway.SqlExecutionException;
import org.apache.flink.table.client.gateway.StatementResult;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;

class HidingExecutorTest {

  private static final String STATEMENT = "CREATE CATALOG c WITH ('password' = 'hunter2')";

  @Test
  void failuresThatQuoteASecretOfTheStatementAreToldWithoutIt() {
    // Given
    SqlExecutionException failure =
        new SqlExecutionException(
            "Could not execute {password=hunter2}",
            new RestClientException(
                "Caused by: io.fluss.FlussException: hunter2", HttpResponseStatus.BAD_REQUEST));
    Executor executor = new HidingExecutor(new Fake(null, failure), new KnownSecrets());

    // When // Then
    assertThatThrownBy(() -> executor.executeStatement(STATEMENT))
        .isInstanceOf(SqlExecutionException.class)
        .hasMessage("Could not execute {password=******}")
        .hasCauseInstanceOf(RestClientException.class)
        .satisfies(e -> assertThat(ExceptionUtils.stringifyException(e)).doesNotContain("hunter2"));
    assertThatThrownBy(() -> executor.configureSession("SET 'password' = 'hunter2'"))
        .hasMessage("Could not execute {password=******}");
  }

  @Test
  void otherFailuresStayAsTheyAre() {
    // Given
    SqlExecutionException failure = new SqlExecutionException("no", new IllegalStateException());

    // When // Then
    assertThatThrownBy(
            () ->
                new HidingExecutor(new Fake(null, failure), new KnownSecrets())
                    .executeStatement(STATEMENT))
        .isSameAs(failure);
  }

  @Test
  void answersHideSecretsOfEarlierStatementsToo() {
    // Given
    Executor executor =
        new HidingExecutor(
            new Fake(result(false, "info name", "hunter2 and {x=hunter2}"), null),
            new KnownSecrets());

    // When
    executor.executeStatement(STATEMENT);

    // Then
    assertThat(shown(executor.executeStatement("DESCRIBE CATALOG c")))
        .containsExactly("info name", "****** and {x=******}");
  }

  @Test
  void valuesOfSettingsAreHiddenByTheirKeys() {
    // Given
    Executor executor =
        new HidingExecutor(
            new Fake(result(false, "my.token", "of the configuration"), null), new KnownSecrets());

    // When // Then
    assertThat(shown(executor.executeStatement("SET"))).containsExactly("my.token", "******");
  }

  @Test
  void rowsOfQueriesStayAsTheyAre() {
    // Given
    Executor executor =
        new HidingExecutor(new Fake(result(true, "password", "hunter2"), null), new KnownSecrets());

    // When // Then
    assertThat(shown(executor.executeStatement(STATEMENT))).containsExactly("password", "hunter2");
  }

  private static String[] shown(StatementResult result) {
    return result.getRowDataToStringConverter().convert(result.next());
  }

  private static StatementResult result(boolean query, String first, String second) {
    return new StatementResult(
        ResolvedSchema.of(
            Column.physical("key", DataTypes.STRING()),
            Column.physical("value", DataTypes.STRING())),
        CloseableIterator.adapterForIterator(
            List.<RowData>of(
                    GenericRowData.of(StringData.fromString(first), StringData.fromString(second)))
                .iterator()),
        query,
        ResultKind.SUCCESS_WITH_CONTENT,
        null,
        row -> new String[] {row.getString(0).toString(), row.getString(1).toString()});
  }

  /** Answers, or fails, each time in the same way. */
  private record Fake(@Nullable StatementResult result, @Nullable RuntimeException failure)
      implements Executor {

    @Override
    public StatementResult executeStatement(String statement) {
      if (failure != null) {
        throw failure;
      }
      return result;
    }

    @Override
    public void configureSession(String statement) {
      throw failure;
    }

    @Override
    public ReadableConfig getSessionConfig() {
      return new Configuration();
    }

    @Override
    public Map<String, String> getSessionConfigMap() {
      return Map.of();
    }

    @Override
    public List<String> completeStatement(String statement, int position) {
      return List.of();
    }

    @Override
    public String deployScript(@Nullable String script, @Nullable URI uri) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
