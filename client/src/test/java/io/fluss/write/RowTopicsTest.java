package io.fluss.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowTopicsTest {

  private static final RowType TYPE =
      WriteFixtures.rowType(new BigIntType(), VarCharType.STRING_TYPE);
  private static final RowData OF_A = WriteFixtures.row(1, "a");
  private static final RowData OF_B = WriteFixtures.row(1, "b");

  private final PartitionsAtHand partitions =
      PartitionsAtHand.of(
          WriteFixtures.table(1, List.of("f1"), List.of(), TYPE, WriteFixtures.UNCOMPRESSED));
  private final RowTopics topics = RowTopics.of(partitions.table(), TYPE, partitions);

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void aTableWithoutPartitionsHasOneTopic() throws Exception {
    // Given
    RowTopics one =
        RowTopics.of(WriteFixtures.table(1, List.of(), TYPE, WriteFixtures.UNCOMPRESSED));

    // When // Then
    assertThat(one.name(one.number(OF_A))).isEqualTo("shop.orders");
    assertThat(one.beginCheck().inUse()).isEmpty();
  }

  @Test
  void aRowWithoutPartitionSaysWhatToDo() {
    // When // Then
    assertThatThrownBy(() -> topics.number(GenericRowData.of(1L, null)))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("has null in its partition key 'f1'")
        .hasMessageContaining("COALESCE(f1, ...)");
  }

  @Test
  void deletesDoNotCreateTheirPartition() throws Exception {
    // When // Then
    assertThat(topics.nameIfThere(topics.number(OF_A))).isNull();
    assertThat(topics.name(topics.number(OF_A))).isEqualTo("shop.orders.a");
    assertThat(topics.nameIfThere(topics.number(OF_A))).isEqualTo("shop.orders.a");
    assertThat(partitions.all()).hasSize(1);
  }

  @Test
  void aPartitionThatIsDroppedWhileRowsAreWrittenFailsTheWriter() throws Exception {
    // Given
    use(OF_A);
    use(OF_B);
    RowTopics.Check check = topics.beginCheck();
    partitions.drop("a");

    // When // Then
    assertThat(check.missing(partitions.all())).hasSize(1);
    assertThatThrownBy(() -> topics.forget(check, check.missing(partitions.all())))
        .isInstanceOf(WriteFailedException.class)
        .hasMessageContaining("its partition f1=a was dropped while rows were written to it")
        .hasMessageContaining("(topic 'shop.orders.a' with id id 1 is gone)");
  }

  @Test
  void aPartitionThatWasDroppedLongAfterItsLastRowIsCreatedAnewForTheNext() throws Exception {
    // Given
    use(OF_A);
    RowTopics.Check first = topics.beginCheck();
    assertThat(first.missing(partitions.all())).isEmpty();
    topics.beginCheck();
    partitions.drop("a");
    RowTopics.Check third = topics.beginCheck();

    // When
    topics.forget(third, third.missing(partitions.all()));
    use(OF_A);

    // Then
    assertThat(partitions.all()).extracting(p -> p.topicId()).containsExactly("id 2");
  }

  @Test
  void rowsOfATransactionAreInUseUntilItsCommit() throws Exception {
    // Given
    topics.transactional();
    use(OF_A);
    topics.flushed();
    topics.beginCheck();
    topics.beginCheck();
    partitions.drop("a");
    RowTopics.Check check = topics.beginCheck();

    // When // Then
    assertThatThrownBy(() -> topics.forget(check, check.missing(partitions.all())))
        .isInstanceOf(WriteFailedException.class);

    // When
    topics.flushed();
    topics.flushed();
    RowTopics.Check later = topics.beginCheck();

    // Then
    assertThatCode(() -> topics.forget(later, later.missing(partitions.all())))
        .doesNotThrowAnyException();
  }

  private void use(RowData row) throws InterruptedException {
    topics.name(topics.number(row));
  }
}
