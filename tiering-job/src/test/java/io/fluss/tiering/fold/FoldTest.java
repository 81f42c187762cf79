package io.fluss.tiering.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.format.row.RowEncoder;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FoldTest {

  private static final long NOW = 10_000_000;
  private static final long YOUNG = NOW - OpenDeletes.PATIENCE.toMillis() + 1;
  private static final long OLD = NOW - OpenDeletes.PATIENCE.toMillis();

  private static final byte[] MARKER = RowEncoder.delete(1);

  private static byte[] key(int columnSet, int id) {
    return ByteBuffer.allocate(5).put((byte) columnSet).putInt(id).array();
  }

  @Test
  void aChangeCarriesWhereItComesFrom() {
    // When
    byte[] row = Change.of(new byte[] {1, 2, 3}, true, 7, 9);
    byte[] delete = Change.of(null, false, Long.MAX_VALUE, -1);
    // Then
    assertThat(Change.isDelete(row)).isFalse();
    assertThat(Change.value(row)).containsExactly(1, 2, 3);
    assertThat(Change.isInRange(row)).isTrue();
    assertThat(Change.offset(row)).isEqualTo(7);
    assertThat(Change.timestampMillis(row)).isEqualTo(9);
    assertThat(Change.isDelete(delete)).isTrue();
    assertThat(Change.value(delete)).isNull();
    assertThat(Change.isInRange(delete)).isFalse();
    assertThat(Change.offset(delete)).isEqualTo(Long.MAX_VALUE);
    assertThat(Change.timestampMillis(delete)).isEqualTo(-1);
  }

  @Test
  void aFilterKnowsAllItsKeysAndFewOthers() {
    // Given
    int keys = 20_000;
    KeyFilter filter = KeyFilter.of(keys);
    // When
    for (int id = 0; id < keys; id++) {
      filter.add(key(0, id));
    }
    // Then
    int wrong = 0;
    for (int id = 0; id < keys; id++) {
      assertThat(filter.mayContain(key(1, id))).isTrue();
      wrong += filter.mayContain(key(0, keys + id)) ? 1 : 0;
    }
    assertThat(wrong).isLessThan(keys / 20);
  }

  @Test
  void aDeleteIsOpenUntilItsLastTombstone() {
    // Given
    OpenDeletes deletes = new OpenDeletes();
    deletes.record(key(0, 1), MARKER, 5, YOUNG);
    deletes.record(key(0, 2), MARKER, 6, YOUNG);
    deletes.record(key(1, 1), null, 7, YOUNG);
    // When
    Optional<OpenDeletes.Marker> both = deletes.oldest(NOW, 0);
    deletes.record(key(0, 1), null, 8, YOUNG);
    Optional<OpenDeletes.Marker> second = deletes.oldest(NOW, 0);
    deletes.record(key(0, 2), new byte[] {1, 0, 1, 0}, 9, YOUNG);
    // Then
    assertThat(both).contains(new OpenDeletes.Marker(5, YOUNG));
    assertThat(second).contains(new OpenDeletes.Marker(6, YOUNG));
    assertThat(deletes.oldest(NOW, 0)).as("a new row ends it, too").isEmpty();
  }

  @Test
  void aDeleteThatWasLeftOpenLongAgoIsNotWaitedFor() {
    // Given
    OpenDeletes deletes = new OpenDeletes();
    // When
    deletes.record(key(0, 1), MARKER, 5, OLD);
    // Then
    assertThat(deletes.oldest(NOW, 0)).isEmpty();
    assertThat(deletes.oldest(NOW - 1, 0))
        .as("by the log, whatever the time is")
        .contains(new OpenDeletes.Marker(5, OLD));
    assertThat(deletes.oldest(NOW - 1, 6)).isEmpty();
  }
}
