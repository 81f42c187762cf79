package io.fluss.metadata;

import io.fluss.FlussException;
import org.apache.flink.annotation.PublicEvolving;

/** There is no database of this name, or none that this user may see. */
@PublicEvolving
public final class DatabaseNotFoundException extends FlussException {

  private static final long serialVersionUID = 1L;

  public DatabaseNotFoundException(String database) {
    super(
        "Database '"
            + database
            + "' does not exist, or you may not see it. SHOW DATABASES lists those that you may see.");
  }
}
