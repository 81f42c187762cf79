package io.fluss.client.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientThreadsTest {

  @Test
  void whatIsAskedIsAnsweredOrFailsAsTheQuestionDoes() {
    try (ClientThreads threads = new ClientThreads()) {
      // When, Then
      assertThat(threads.ask(() -> 7).join()).isEqualTo(7);
      assertThatThrownBy(
              () ->
                  threads
                      .ask(
                          () -> {
                            throw new IllegalArgumentException("why");
                          })
                      .join())
          .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void closingFailsTheQuestionsThatWaitInsteadOfForgettingThem() throws Exception {
    // Given: more questions than are asked at a time, none of which is ever answered
    CountDownLatch never = new CountDownLatch(1);
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    ClientThreads threads = new ClientThreads();
    IntStream.range(0, 50).forEach(i -> asked.add(threads.ask(() -> await(never))));

    // When
    threads.close();

    // Then
    for (CompletableFuture<Void> question : asked) {
      assertThatThrownBy(() -> question.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IllegalStateException.class);
    }
    assertThat(threads.ask(() -> 7)).isCompletedExceptionally();
  }

  private static Void await(CountDownLatch latch) {
    try {
      latch.await();
      return null;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
