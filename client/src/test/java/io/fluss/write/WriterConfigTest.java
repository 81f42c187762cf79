package io.fluss.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.kafka.ClientConfig;
import io.fluss.options.NoKeyAssigner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriterConfigTest {

  @Test
  void hasTheseDefaults() {
    assertThat(WriterConfig.defaults())
        .isEqualTo(
            new WriterConfig(
                2 << 20,
                Duration.ofMillis(50),
                Duration.ofMillis(20),
                true,
                64 << 20,
                NoKeyAssigner.STICKY,
                true));
  }

  @Test
  void reportsAllBadValuesTogether() {
    assertThatThrownBy(
            () ->
                WriterConfig.fromOptions(
                    Map.of(
                        "client.writer.batch-size", "12 bytes",
                        "client.writer.batch-timeout", "soon",
                        "client.writer.bucket.no-key-assigner", "random")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Option 'client.writer.batch-size' is '12 bytes', expected at least 1 kb.
            Option 'client.writer.batch-timeout' is 'soon', expected 0 ms or more.
            Option 'client.writer.bucket.no-key-assigner' is 'random', expected one of STICKY, ROUND_ROBIN.""");
  }

  @Test
  void refusesBatchesOfMoreThanHalfTheMemory() {
    assertThat(
            WriterConfig.problems(
                Map.of(
                    "client.writer.batch-size", "3 mb",
                    "client.writer.buffer.memory-size", "4 mb")))
        .containsExactly(
            "Option 'client.writer.batch-size' is 3 mb, more than half of 'client.writer.buffer.memory-size', which is 4 mb. Lower the first or raise the second.");
  }

  @Test
  void refusesProducerPropertiesThatBreakThePromise() {
    assertThat(
            ProducerSettings.problems(
                new ClientConfig(
                    "localhost:9092",
                    Map.of("acks", "1", "transactional.id", "mine", "linger.ms", "3")),
                WriteFixtures.table(1, List.of(), WriteFixtures.rowType(), "NONE")))
        .containsExactlyInAnyOrder(
            "Option 'properties.acks' is '1'; writing tables needs 'all'. Leave it out.",
            "Option 'properties.transactional.id' cannot be set for a table. Transactions are the sink's: see 'sink.delivery-guarantee'.");
  }
}
