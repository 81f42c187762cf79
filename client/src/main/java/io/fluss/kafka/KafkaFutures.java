package io.fluss.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for answers of Kafka's admin client. */
public final class KafkaFutures {

  private KafkaFutures() {}

  /**
   * The answer, or the error of Kafka as it is, without a wrapper.
   *
   * @throws KafkaException what Kafka answered; {@link InterruptException} where the thread was
   *     interrupted, with its flag set again
   */
  public static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException kafka) {
        throw kafka;
      }
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
