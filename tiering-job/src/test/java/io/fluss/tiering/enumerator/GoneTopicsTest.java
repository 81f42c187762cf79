package io.fluss.tiering.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GoneTopicsTest {

  private static final UUID TABLE = UUID.randomUUID();
  private static final long PATIENCE = GoneTopics.PATIENCE.toMillis();

  private final GoneTopics gone = new GoneTopics(ids -> ids);

  @Test
  void aTopicIsGoneWhenItWasMissedForAWhile() {
    // Given
    gone.among(TABLE, List.of("a", "b"), Set.of("a"), 0);
    // When
    Set<String> early = gone.among(TABLE, List.of("a", "b"), Set.of("a"), PATIENCE - 1);
    Set<String> late = gone.among(TABLE, List.of("a", "b"), Set.of("a"), PATIENCE);
    // Then
    assertThat(early).isEmpty();
    assertThat(late).containsExactly("b");
  }

  @Test
  void aTopicThatBrokersKnowByItsIdIsNotGone() {
    // Given
    GoneTopics known = new GoneTopics(ids -> Set.of());
    known.among(TABLE, List.of("a"), Set.of(), 0);
    // When
    Set<String> found = known.among(TABLE, List.of("a"), Set.of(), 60 * PATIENCE);
    // Then
    assertThat(found).isEmpty();
  }

  @Test
  void aTopicThatIsSeenAgainWasNeverGone() {
    // Given
    gone.among(TABLE, List.of("a"), Set.of(), 0);
    gone.among(TABLE, List.of("a"), Set.of("a"), PATIENCE - 1);
    // When
    Set<String> found = gone.among(TABLE, List.of("a"), Set.of(), PATIENCE);
    // Then
    assertThat(found).isEmpty();
  }
}
