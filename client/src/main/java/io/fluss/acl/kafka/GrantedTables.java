package io.fluss.acl.kafka;

import io.fluss.FlussException;
import io.fluss.table.TablePath;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which topic a table in a grant means. Topics are what Kafka can allow or deny, a renamed table
 * keeps its topic, and no topic is ever that of another table: so grants are kept by topic, and go
 * with the table. All topics of a table begin with a name like a table's, <em>database.table</em>,
 * which is why both are given as paths.
 */
public interface GrantedTables {

  /**
   * The topic of a table; where there is none of that name, the one that it will be created with.
   *
   * @throws FlussException where no grant can be about that topic; says what to do
   */
  TablePath topicOf(TablePath table);

  /**
   * What tables are called now. The function gives for a topic the table whose it is, or will be
   * when it is created by that name; empty where it is no table's, and that name is not free. It
   * throws an {@link io.fluss.acl.AccessRefusedException} where this client may not read the
   * definitions.
   */
  Function<TablePath, Optional<TablePath>> current();
}
