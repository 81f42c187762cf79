package io.fluss.admin;

import io.fluss.FlussException;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;

/** A table that may not be created as described; the message lists every reason. */
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
    super(
        "Table '"
            + name
            + "' cannot be created"
            + (problems.size() == 1
                ? ": " + problems.get(0)
                : " for " + problems.size() + " reasons:\n- " + String.join("\n- ", problems)));
  }
}
