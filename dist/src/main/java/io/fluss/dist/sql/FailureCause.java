package io.fluss.dist.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.runtime.rest.util.RestClientException;

/**
 * The reason of a failure in one paragraph, for people.
 *
 * <p>That is the innermost cause that is an exception of this project, which names table and bucket
 * and says what to do; where there is none, the innermost of all. Gateway and cluster send failures
 * as the text of a stack trace inside an exception's message, which is read the same way.
 */
public final class FailureCause {

  private static final String OURS = "io.fluss.";
  private static final String FRAME = "\n\tat ";
  private static final Pattern CAUSE =
      Pattern.compile("^Caused by: |<Exception on server side:\n", Pattern.MULTILINE);
  private static final Pattern END_OF_CAUSE =
      Pattern.compile("\n\t(at |\\.\\.\\. |Suppressed: )|\nEnd of exception on server side>");

  /** Flink's SerializedThrowable, by which jobs report failures, names the class twice. */
  private static final Pattern NAMED_TWICE = Pattern.compile("^([\\w.$]+: )\\1+");

  private FailureCause() {}

  /**
   * The reason without its stack trace.
   *
   * @param secrets hidden where it quotes them
   */
  public static String of(Throwable failure, KnownSecrets secrets) {
    return secrets.hidden(reason(causes(failure)));
  }

  /**
   * What was tried, which is the failure's own message, and the reason where it says more.
   *
   * @param secrets hidden where they quote them
   */
  public static String withContext(Throwable failure, KnownSecrets secrets) {
    return secrets.hidden(withContext(failure));
  }

  private static String withContext(Throwable failure) {
    String tried = failure.getMessage();
    if (tried == null || tried.isBlank()) {
      return reason(causes(failure));
    }
    List<Throwable> chain = chain(failure);
    String innermost = chain.get(chain.size() - 1).getMessage();
    if (innermost == null || tried.contains(innermost)) {
      return tried;
    }
    List<String> causes = causes(failure);
    String reason = reason(causes);
    return tried + " Cause: " + (reason.contains(tried) ? last(causes) : reason);
  }

  private static String reason(List<String> causes) {
    List<String> ours = causes.stream().filter(cause -> cause.startsWith(OURS)).toList();
    return last(ours.isEmpty() ? causes : ours);
  }

  private static String last(List<String> causes) {
    return causes.get(causes.size() - 1);
  }

  /** Each as class and message, outermost first; never empty. */
  private static List<String> causes(Throwable failure) {
    List<String> causes = new ArrayList<>();
    for (Throwable cause : chain(failure)) {
      if (carriesTrace(cause)) {
        causes.addAll(causesIn(cause.getMessage()));
      } else {
        causes.add(namedOnce(cause.toString()));
      }
    }
    return causes;
  }

  /** The failure and its causes, outermost first; never empty. */
  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = failure; t != null && !chain.contains(t); t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }

  private static boolean carriesTrace(Throwable failure) {
    return failure instanceof RestClientException
        && failure.getMessage() != null
        && failure.getMessage().contains(FRAME);
  }

  private static List<String> causesIn(String trace) {
    return CAUSE
        .splitAsStream(trace)
        .map(cause -> namedOnce(END_OF_CAUSE.split(cause, 2)[0].strip()))
        .toList();
  }

  private static String namedOnce(String cause) {
    return NAMED_TWICE.matcher(cause).replaceFirst("$1");
  }
}
