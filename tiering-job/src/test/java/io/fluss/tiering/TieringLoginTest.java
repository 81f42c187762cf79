package io.fluss.tiering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The job's start at brokers that do not let it in. */
class TieringLoginTest {

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.builder().sasl(Map.of("admin", "a"), "admin").scram().start();
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void aWrongPasswordEndsItWithinSecondsAndNamesWhoAndHow() {
    refused(
            "--fluss.client.security.protocol=SASL",
            "--fluss.client.security.sasl.mechanism=SCRAM-SHA-256",
            "--fluss.client.security.sasl.username=tiering",
            "--fluss.client.security.sasl.password=hunter2")
        .hasMessageContaining("Kafka at '" + kafka.bootstrapServers() + "' refuses the login of")
        .hasMessageContaining("user 'tiering' (SASL_PLAINTEXT, mechanism SCRAM-SHA-256)")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aMissingLoginEndsItWithinSeconds() {
    refused("--fluss.client.security.protocol=SASL")
        .hasMessageContaining("SASL_PLAINTEXT (mechanism PLAIN) needs a login, and there is none");
    refused().hasMessageContaining("asks for a login by SASL (mechanisms PLAIN, SCRAM-SHA-256,");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(String... login) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--fluss.bootstrap.servers=" + kafka.bootstrapServers(),
                "--datalake.format=memory",
                "--datalake.memory.name=" + SharedKafka.uniqueName("lake")));
    flags.addAll(List.of(login));
    long start = System.nanoTime();
    AbstractThrowableAssert<?, ? extends Throwable> refusal =
        assertThatThrownBy(() -> TieringJob.main(flags.toArray(String[]::new)))
            .isInstanceOf(FlussException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
    return refusal;
  }
}
