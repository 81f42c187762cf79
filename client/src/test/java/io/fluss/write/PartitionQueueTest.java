package io.fluss.write;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PartitionQueueTest {

  @Test
  @Timeout(30)
  void anErrorOfTheSourceFailsTheWriterAndDoesNotLetItWait() {
    // Given
    Error error = new NoClassDefFoundError("missing");
    try (PartitionQueue queue = new PartitionQueue("test", new Broken(error))) {

      // When // Then
      assertThatThrownBy(() -> queue.take(PartitionName.of("a")))
          .isInstanceOf(WriteFailedException.class)
          .hasMessageContaining("Could not look for partitions")
          .hasCause(error);
    }
  }

  private record Broken(Error error) implements PartitionSource {
    @Override
    public Map<PartitionName, Partition> require(Collection<PartitionName> names) {
      throw error;
    }

    @Override
    public Optional<Partition> find(PartitionName name) {
      return Optional.empty();
    }
  }
}
