package io.fluss.client.admin;

import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A database as someone wants it. Immutable.
 *
 * @param comment null where there is none
 * @param customProperties stored for all to read
 */
@PublicEvolving
public record DatabaseDescriptor(@Nullable String comment, Map<String, String> customProperties) {

  /** Without comment and properties. */
  public static final DatabaseDescriptor EMPTY = new DatabaseDescriptor(null, Map.of());

  public DatabaseDescriptor {
    customProperties = Map.copyOf(customProperties);
  }
}
