package io.fluss.metadata;

import io.fluss.table.Names;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What is recorded of a database itself.
 *
 * @param dropping whether it is being dropped: no table may be created in it any more
 * @param createdAtMillis wall clock of the creating client, epoch milliseconds; 0 where the
 *     database has no record of its own yet
 */
@PublicEvolving
public record DatabaseInfo(
    String name,
    boolean dropping,
    @Nullable String comment,
    Map<String, String> properties,
    long createdAtMillis) {

  public DatabaseInfo {
    Names.problemWithDatabase(name)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
  }

  /** A database whose topic exists and whose record was not written (yet). */
  static DatabaseInfo unrecorded(String name) {
    return new DatabaseInfo(name, false, null, Map.of(), 0);
  }

  /** This database on its way out. */
  public DatabaseInfo markedDropping() {
    return new DatabaseInfo(name, true, comment, properties, createdAtMillis);
  }

  public DatabaseInfo with(@Nullable String newComment, Map<String, String> newProperties) {
    return new DatabaseInfo(name, dropping, newComment, newProperties, createdAtMillis);
  }
}
