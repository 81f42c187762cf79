package io.fluss.dist.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.FlussException;
import io.fluss.write.WriteFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.util.SerializedThrowable;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.junit.jupiter.api.Test;

class FailureCauseTest {

  private static final KnownSecrets NO_SECRETS = new KnownSecrets();

  private static final WriteFailedException WRITE_FAILED =
      new WriteFailedException(
          "Cannot write to table 'fluss.t', bucket 0 (topic 'fluss.t'): Cluster authorization failed.",
          new ClusterAuthorizationException("Cluster authorization failed."));

  private static final String WRITE_REASON =
      "io.fluss.write.WriteFailedException: Cannot write to table 'fluss.t', bucket 0 (topic"
          + " 'fluss.t'): Cluster authorization failed.";

  @Test
  void prefersTheInnermostCauseOfThisProjectToTheInnermostOfAll() {
    // Given
    Exception failure = new IllegalStateException("Job failed", WRITE_FAILED);
    // When
    String reason = FailureCause.of(failure, NO_SECRETS);
    // Then
    assertThat(reason).isEqualTo(WRITE_REASON);
  }

  @Test
  void readsTheTraceThatTheGatewaySends() {
    // Given: exceptions of Kafka have no frames
    Exception failure =
        new IllegalStateException("Failed", onServerSide(new RuntimeException("x", WRITE_FAILED)));
    // When
    String reason = FailureCause.of(failure, NO_SECRETS);
    // Then
    assertThat(reason).isEqualTo(WRITE_REASON);
  }

  @Test
  void readsExceptionsThatFlinkHasSerialized() {
    // Given
    Exception failure =
        onServerSide(new RuntimeException("x", new SerializedThrowable(WRITE_FAILED)));
    // When
    String reason = FailureCause.of(failure, NO_SECRETS);
    // Then
    assertThat(reason).isEqualTo(WRITE_REASON);
  }

  @Test
  void takesTheInnermostCauseWhereNoneIsOfThisProject() {
    // Given
    Exception failure =
        onServerSide(
            new RuntimeException("x", new ClusterAuthorizationException("Not authorized.")));
    // When
    String reason = FailureCause.of(failure, NO_SECRETS);
    // Then
    assertThat(reason)
        .isEqualTo("org.apache.kafka.common.errors.ClusterAuthorizationException: Not authorized.");
  }

  @Test
  void takesTheHeadOfATraceWithoutCauses() {
    // Given
    Exception failure = onServerSide(new FlussException("All\n- of\n- it"));
    // When
    String reason = FailureCause.of(failure, NO_SECRETS);
    // Then
    assertThat(reason).isEqualTo("io.fluss.FlussException: All\n- of\n- it");
  }

  @Test
  void saysWhatWasTriedAndTheReasonWhereItSaysMore() {
    assertThat(FailureCause.withContext(new IOException("Demo failed.", WRITE_FAILED), NO_SECRETS))
        .isEqualTo("Demo failed. Cause: " + WRITE_REASON);
    assertThat(
            FailureCause.withContext(new IOException("No a: b", new IOException("b")), NO_SECRETS))
        .isEqualTo("No a: b");
    assertThat(
            FailureCause.withContext(
                new FlussException("Ours.", new IOException("theirs")), NO_SECRETS))
        .isEqualTo("Ours. Cause: java.io.IOException: theirs");
  }

  @Test
  void hidesSecretsInWhatWasTriedAndInTheReason() {
    // Given
    KnownSecrets secrets = new KnownSecrets();
    secrets.learn(Map.of("client.security.sasl.password", "hunter2"));
    Exception tried =
        new IOException("No {a.password=hunter2}", new IOException("with 'x.token' = 'other'"));

    // When // Then
    assertThat(FailureCause.withContext(tried, secrets))
        .isEqualTo("No {a.password=******} Cause: java.io.IOException: with 'x.token' = '******'");
    assertThat(FailureCause.of(new IOException("hunter2 is wrong"), secrets))
        .isEqualTo("java.io.IOException: ****** is wrong");
    assertThat(FailureCause.withContext(new IOException("hunter2 is wrong"), secrets))
        .isEqualTo("****** is wrong");
  }

  /** As Flink's REST servers answer. */
  private static RestClientException onServerSide(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return new RestClientException(
        "[Internal server error., <Exception on server side:\n"
            + trace
            + "\nEnd of exception on server side>]",
        HttpResponseStatus.INTERNAL_SERVER_ERROR);
  }
}
