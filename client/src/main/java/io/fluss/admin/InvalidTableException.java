package io.fluss.admin;

import io.fluss.FlussException;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;

/** A table that may not be created or changed as described; the message lists every reason. */
@PublicEvolving
public final class InvalidTableException extends FlussException {

  private static final long serialVersionUID = 1L;

  /**
   * Nothing was created.
   *
   * @param name the table as the user called it
   * @param problems at least one, each a sentence
   */
  public InvalidTableException(String name, List<String> problems) {
    this(name, "created", problems);
  }

  private InvalidTableException(String name, String done, List<String> problems) {
    super(
        "Table '"
            + name
            + "' cannot be "
            + done
            + (problems.size() == 1
                ? ": " + problems.get(0)
                : " for " + problems.size() + " reasons:\n- " + String.join("\n- ", problems)));
  }

  /**
   * A change that is not possible; nothing was changed.
   *
   * @param name the table as the user called it
   * @param problems at least one, each a sentence
   */
  public static InvalidTableException ofChange(String name, List<String> problems) {
    return new InvalidTableException(name, "changed", problems);
  }
}
