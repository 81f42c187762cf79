package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.table.TablePath;
import io.fluss.write.WriteFailedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

class TransactionFailuresTest {

  private final TransactionFailures failures =
      new TransactionFailures(
          TableSinkConfig.of(
              TestTable.info(TablePath.of("shop", "orders"), 1, List.of()),
              Map.of(
                  "bootstrap.servers", "h:1",
                  "client.security.protocol", "SASL",
                  "client.security.sasl.mechanism", "SCRAM-SHA-512",
                  "client.security.sasl.username", "alice",
                  "client.security.sasl.password", "hunter2")));

  @Test
  void aLoginThatIsRefusedNamesPrincipalAndMechanism() {
    assertThatThrownBy(
            () ->
                failures.explained(
                    () -> {
                      throw new KafkaException(
                          "in an error state", new SaslAuthenticationException("No such user."));
                    }))
        .isInstanceOf(WriteFailedException.class)
        .hasMessageContaining("Cannot write to table 'shop.orders' in transactions: Kafka at 'h:1'")
        .hasMessageContaining(
            "refuses the login of user 'alice' (SASL_PLAINTEXT, mechanism SCRAM-SHA-512)")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aRightThatIsMissingIsNamed() {
    assertThat(failures.explained(new TransactionalIdAuthorizationException("no")))
        .hasMessageContaining("User:alice has no right to WRITE on 'cluster.shop.orders'");
  }

  @Test
  void otherFailuresStayAsTheyAre() {
    // Given
    IOException other = new IOException("disk full");

    // When // Then
    assertThat(failures.explained(other)).isSameAs(other);
    assertThatThrownBy(
            () ->
                failures.explained(
                    () -> {
                      throw other;
                    }))
        .isSameAs(other);
  }
}
