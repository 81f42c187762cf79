package io.fluss.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableDescriptor;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.partition.PartitionedTableFixture;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.junit.jupiter.api.Test;

class EnumeratorStateTest {

  @Test
  void theStateOfAnotherTableIsRefused() {
    try (PartitionedTableFixture table =
        PartitionedTableFixture.create(
            SharedKafka.kafka(),
            TableDescriptor.builder()
                .column("id", new BigIntType())
                .column("p", new IntType(false))
                .partitionKeys(List.of("p"))
                .build())) {
      UUID id = table.table().id();
      EnumeratorState own = new EnumeratorState(id, true, List.of(), Set.of(), null);
      EnumeratorState other = new EnumeratorState(new UUID(1, 2), true, List.of(), Set.of(), null);

      assertThat(own.requireOf(table.table())).isEqualTo(own);
      assertThat(EnumeratorState.initial().requireOf(table.table()).discovered()).isFalse();
      assertThatThrownBy(() -> other.requireOf(table.table()))
          .hasMessageContaining("the state is of a table with id " + other.tableId())
          .hasMessageContaining("this one has id " + id)
          .hasMessageContaining("Start the query without its old state");
    }
  }
}
