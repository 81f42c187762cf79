package io.fluss.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStoreTest extends LookupStoreContract {

  private static final StoredBucket BUCKET = new StoredBucket("topic-1", 3);

  private final UUID table = new UUID(1, 2);

  @TempDir Path dir;

  private RocksFiles files;

  @Override
  LookupStore store() {
    files = RocksFiles.open(dir, table, 1 << 20);
    return RocksStore.existing(files, BUCKET);
  }

  @AfterEach
  void close() {
    files.close();
  }

  private LookupStore reopened() {
    files.close();
    files = RocksFiles.open(dir, table, 1 << 20);
    return RocksStore.existing(files, BUCKET);
  }

  @Test
  void whatWasCommittedOutlivesTheProcessAndWhatWasNotDoesNot() {
    // Given
    LookupStore store = store();
    store.apply(bytes("a"), bytes("1"));
    store.commit(new LogProgress(7, 1000));
    store.apply(bytes("a"), bytes("2"));
    // When
    LookupStore again = reopened();
    // Then
    assertThat(again.get(bytes("a"))).isEqualTo(bytes("1"));
    assertThat(again.progress()).contains(new LogProgress(7, 1000));
  }

  @Test
  void bucketsOfOtherTopicsHaveOtherRows() {
    // Given
    LookupStore store = store();
    StoredBucket ofOther = new StoredBucket("topic-10", 3);
    LookupStore other = RocksStore.existing(files, ofOther);
    store.apply(bytes("a"), bytes("1"));
    store.commit(new LogProgress(7, 1000));
    other.apply(bytes("a"), bytes("2"));
    other.commit(new LogProgress(8, 1000));
    // When
    LookupStore again = reopened();
    // Then
    assertThat(RocksStore.buckets(files)).containsExactlyInAnyOrder(BUCKET, ofOther);
    assertThat(scanned(again, "")).containsExactly("a=1");
    assertThat(scanned(RocksStore.existing(files, ofOther), "")).containsExactly("a=2");
    assertThat(RocksStore.existing(files, new StoredBucket("topic-2", 3)).progress()).isEmpty();
  }

  @Test
  void damagedFilesAreMadeAnew() throws IOException {
    // Given
    LookupStore store = store();
    store.apply(bytes("a"), bytes("1"));
    store.commit(new LogProgress(7, 1000));
    files.close();
    // When
    Files.writeString(dir.resolve(table + "-0").resolve("CURRENT"), "nonsense");
    LookupStore again = reopened();
    // Then
    assertThat(again.progress()).isEmpty();
  }

  @Test
  void bucketsOfATableKeepApart() {
    // Given
    LookupStore store = store();
    LookupStore neighbour = RocksStore.existing(files, BUCKET.next());
    store.apply(bytes("a"), bytes("1"));
    store.commit(new LogProgress(1, 0));
    neighbour.apply(bytes("a"), bytes("2"));
    neighbour.commit(new LogProgress(2, 0));
    // When
    LookupStore emptied = RocksStore.empty(files, BUCKET);
    // Then
    assertThat(emptied.progress()).isEmpty();
    assertThat(scanned(emptied, "")).isEmpty();
    assertThat(scanned(neighbour, "")).containsExactly("a=2");
  }

  @Test
  void anotherProcessOfTheMachineHasFilesOfItsOwn() {
    // Given
    LookupStore store = store();
    store.apply(bytes("a"), bytes("1"));
    store.commit(new LogProgress(1, 0));
    // When
    try (RocksFiles others = RocksFiles.open(dir, table, 1 << 20)) {
      // Then
      assertThat(RocksStore.existing(others, BUCKET).progress()).isEmpty();
    }
  }

  @Test
  void readingAfterItWasClosedFailsWithAMessage() {
    // Given
    LookupStore store = store();
    // When
    files.close();
    // Then
    assertThatThrownBy(() -> store.get(bytes("a")))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining(dir.toString())
        .hasMessageContaining("the lookup was closed");
  }
}
