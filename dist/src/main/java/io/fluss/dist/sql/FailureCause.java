package io.fluss.dist.sql;

import org.apache.flink.runtime.rest.util.RestClientException;

/**
 * The innermost reason of a failure in one paragraph, for people.
 *
 * <p>Gateway and cluster send failures as the text of a stack trace inside an exception's message;
 * what the last {@code Caused by:} says is the reason.
 */
public final class FailureCause {

  private static final String CAUSED_BY = "Caused by: ";
  private static final String FRAME = "\n\tat ";
  private static final String END_OF_TRACE = "End of exception on server side>";

  private FailureCause() {}

  /** The reason without its stack trace. */
  public static String of(Throwable failure) {
    Throwable deepest = deepest(failure);
    String message = deepest.getMessage();
    return deepest instanceof RestClientException && message != null && message.contains(FRAME)
        ? lastCauseOf(message)
        : deepest.toString();
  }

  /** What was tried, which is the failure's own message, and the reason where it says more. */
  public static String withContext(Throwable failure) {
    String tried = failure.getMessage();
    if (tried == null || tried.isBlank()) {
      return of(failure);
    }
    String reason = deepest(failure).getMessage();
    return reason == null || tried.contains(reason) ? tried : tried + " Cause: " + of(failure);
  }

  private static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  private static String lastCauseOf(String trace) {
    int cause = trace.lastIndexOf(CAUSED_BY);
    String last = cause < 0 ? trace : trace.substring(cause + CAUSED_BY.length());
    int frames = last.indexOf(FRAME);
    String reason = frames < 0 ? last : last.substring(0, frames);
    return reason.replace(END_OF_TRACE, "").strip();
  }
}
