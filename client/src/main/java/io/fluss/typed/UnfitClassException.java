package io.fluss.typed;

import io.fluss.FlussException;
import java.util.List;

/** A class and a row type that do not go together; the message lists every reason. */
public final class UnfitClassException extends FlussException {

  private static final long serialVersionUID = 1L;

  UnfitClassException(Class<?> type, List<String> problems) {
    super(
        "Class "
            + type.getName()
            + " does not fit the columns:\n- "
            + String.join("\n- ", problems));
  }
}
