package io.fluss.lake.iceberg;

import static io.fluss.lake.iceberg.LakeFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.lake.LakeCommitUnknownException;
import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeConflictException;
import io.fluss.lake.LakeOffsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogs that fail in the middle of a commit. */
class CommitOutcomesTest {

  @TempDir private Path warehouse;

  private LakeFixture lake() {
    return LakeFixture.of(
        warehouse,
        LakeFixture.log(),
        Map.of("warehouse", warehouse.toString(), "catalog-impl", FaultyCatalog.class.getName()));
  }

  @AfterEach
  void heal() {
    FaultyCatalog.heal();
  }

  private static void afterACommit(RuntimeException failure) {
    FaultyCatalog.fault =
        (commit, withSnapshot) -> {
          commit.run();
          if (withSnapshot) {
            throw failure;
          }
        };
  }

  private static void insteadOfACommit(RuntimeException failure) {
    FaultyCatalog.fault =
        (commit, withSnapshot) -> {
          if (withSnapshot) {
            throw failure;
          }
          commit.run();
        };
  }

  private static RuntimeException unknown() {
    return new CommitStateUnknownException(new IllegalStateException("connection lost"));
  }

  @Test
  void aCommitThatMayHaveSucceededIsToldAsSuchAndTheLatestSnapshotTells() {
    try (LakeFixture lake = lake()) {
      // Given
      lake.tier(row(1, "a"));
      byte[] written = lake.written(row(2, "b"));
      LakeOffsets to = lake.next();
      afterACommit(unknown());

      // When
      // Then
      assertThatThrownBy(() -> lake.commit(written))
          .isInstanceOf(LakeCommitUnknownException.class)
          .hasMessageContaining("shop.orders");
      assertThat(lake.latest().offsets()).isEqualTo(to);
      assertThat(lake.rows()).containsExactlyInAnyOrder("1|a", "2|b");
    }
  }

  @Test
  void aCommitThatMayHaveSucceededAndDidNotIsToldAsSuchToo() {
    try (LakeFixture lake = lake()) {
      // Given
      lake.tier(row(1, "a"));
      byte[] written = lake.written(row(2, "b"));
      insteadOfACommit(unknown());

      // When
      // Then
      assertThatThrownBy(() -> lake.commit(written)).isInstanceOf(LakeCommitUnknownException.class);
      assertThat(lake.latest().offsets()).isEqualTo(lake.known());
      FaultyCatalog.heal();
      lake.commit(written);
      assertThat(lake.rows()).containsExactlyInAnyOrder("1|a", "2|b");
    }
  }

  @Test
  void aFailureThatTellsNothingCountsAsUnknown() {
    try (LakeFixture lake = lake()) {
      // Given
      byte[] written = lake.written(row(1, "a"));
      afterACommit(new IllegalStateException("no answer"));

      // When
      // Then
      assertThatThrownBy(() -> lake.commit(written))
          .isInstanceOf(LakeCommitUnknownException.class)
          .hasMessageContaining("no answer");
      assertThat(lake.rows()).containsExactly("1|a");
    }
  }

  @Test
  void aCommitThatTheCatalogSaysHasFailedAndSucceededIsNotTakenForAnothers() {
    try (LakeFixture lake = lake()) {
      // Given
      byte[] written = lake.written(row(1, "a"));
      afterACommit(new CommitFailedException("a lie"));

      // When
      // Then
      assertThatThrownBy(() -> lake.commit(written)).isInstanceOf(LakeCommitUnknownException.class);
      FaultyCatalog.heal();
      assertThat(lake.rows()).containsExactly("1|a");
    }
  }

  @Test
  void aCommitThatFailsOnceIsTriedAgain() {
    try (LakeFixture lake = lake()) {
      // Given
      AtomicBoolean failed = new AtomicBoolean();
      FaultyCatalog.fault =
          (commit, withSnapshot) -> {
            if (withSnapshot && failed.compareAndSet(false, true)) {
              throw new CommitFailedException("another was faster");
            }
            commit.run();
          };

      // When
      lake.tier(row(1, "a"));

      // Then
      assertThat(failed).isTrue();
      assertThat(lake.rows()).containsExactly("1|a");
    }
  }

  @Test
  void aRoundThatIsOvertakenInTheVeryMomentOfItsCommitIsAConflict() {
    try (LakeFixture lake = lake()) {
      // Given
      lake.tier(row(1, "a"));
      byte[] late = lake.written(row(2, "late"));
      byte[] faster = lake.written(row(2, "faster"));
      LakeOffsets from = lake.known();
      LakeOffsets to = lake.next();
      AtomicBoolean overtaken = new AtomicBoolean();
      FaultyCatalog.fault =
          (commit, withSnapshot) -> {
            if (withSnapshot && overtaken.compareAndSet(false, true)) {
              lake.commit(faster);
            }
            commit.run();
          };

      // When
      // Then
      try (LakeCommitter committer = lake.storage.committer(lake.info)) {
        assertThatThrownBy(() -> committer.commit(List.of(late), from, to))
            .isInstanceOf(LakeConflictException.class);
      }
      assertThat(overtaken).isTrue();
      assertThat(lake.rows()).containsExactlyInAnyOrder("1|a", "2|faster");
    }
  }

  @Test
  void aCommitThatFailsForGoodFailsTheRoundAndCommitsNothing() {
    try (LakeFixture lake = lake()) {
      // Given
      lake.tier(row(1, "a"));
      lake.lakeTable().updateProperties().set("commit.retry.max-wait-ms", "1").commit();
      byte[] written = lake.written(row(2, "b"));
      insteadOfACommit(new CommitFailedException("always"));

      // When
      // Then
      assertThatThrownBy(() -> lake.commit(written))
          .isInstanceOf(FlussException.class)
          .isNotInstanceOf(LakeConflictException.class)
          .isNotInstanceOf(LakeCommitUnknownException.class)
          .hasMessageContaining("always");
      assertThat(lake.rows()).containsExactly("1|a");
    }
  }
}
