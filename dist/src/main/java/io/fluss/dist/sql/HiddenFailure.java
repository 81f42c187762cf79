package io.fluss.dist.sql;

import java.util.function.UnaryOperator;
import javax.annotation.Nullable;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.table.client.gateway.SqlExecutionException;

/** Stands for an exception that quotes secrets, and tells the same without them. */
final class HiddenFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_CHAIN = 32;

  private final String text;

  private HiddenFailure(String text, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    this.text = text;
  }

  /**
   * The failure itself where neither it nor a cause quotes a secret. Else others in the place of
   * all of them, of the kinds that Flink's client tells apart.
   *
   * @param hiding gives back a text without secrets
   */
  static RuntimeException of(RuntimeException failure, UnaryOperator<String> hiding) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
      if (!hiding.apply(cause.toString()).equals(cause.toString())) {
        return (RuntimeException) copy(failure, hiding, 0);
      }
      cause = cause.getCause();
    }
    return failure;
  }

  private static Exception copy(Throwable failure, UnaryOperator<String> hiding, int depth) {
    String message = failure.getMessage() == null ? null : hiding.apply(failure.getMessage());
    Exception cause =
        failure.getCause() == null || depth == LONGEST_CHAIN
            ? null
            : copy(failure.getCause(), hiding, depth + 1);
    Exception copy;
    if (failure instanceof SqlExecutionException) {
      copy = new SqlExecutionException(message, cause);
    } else if (failure instanceof RestClientException rest && message != null) {
      copy = new RestClientException(message, cause, rest.getHttpResponseStatus());
    } else {
      copy = new HiddenFailure(hiding.apply(failure.toString()), message, cause);
    }
    copy.setStackTrace(failure.getStackTrace());
    return copy;
  }

  /** As the other's, its class included. */
  @Override
  public String toString() {
    return text;
  }
}
