package io.fluss.acl;

import static io.fluss.acl.Operation.ALTER;
import static io.fluss.acl.Operation.CREATE;
import static io.fluss.acl.Operation.DESCRIBE;
import static io.fluss.acl.Operation.DROP;
import static io.fluss.acl.Operation.READ;
import static io.fluss.acl.Operation.WRITE;

import java.util.List;

/**
 * What somebody may try, and what {@code docs/security} says that it needs.
 *
 * @see Person
 */
enum Attempt {
  SEE(Where.TABLE, DESCRIBE, READ, WRITE, CREATE, DROP, ALTER),
  READ_ROWS(Where.TABLE, READ),
  LOOK_UP(Where.TABLE, READ),
  COMMIT_OFFSETS(Where.TABLE, READ),
  APPEND(Where.TABLE, WRITE),
  UPSERT(Where.TABLE, WRITE),
  WRITE_TO_NEW_PARTITION(Where.TABLE, WRITE),
  WRITE_IN_TRANSACTION(Where.TABLE, WRITE),
  ADD_PARTITION(Where.TABLE, WRITE, CREATE),
  DROP_PARTITION(Where.TABLE, DROP),
  TRUNCATE(Where.TABLE, DROP),
  SET_OPTION(Where.TABLE, ALTER),
  REGISTER_COLUMN_SET(Where.TABLE, ALTER),
  TIER(Where.TABLE, ALTER),
  CREATE_TABLE(Where.TABLE, CREATE),
  CREATE_PARTITIONED_TABLE(Where.TABLE, CREATE),
  RENAME_TABLE(Where.TABLE, ALTER),
  DROP_TABLE(Where.TABLE, DROP),
  ALTER_DATABASE(Where.DATABASE, ALTER),
  DROP_DATABASE(Where.DATABASE, DROP),
  CREATE_DATABASE(Where.CLUSTER, CREATE),
  MANAGE_RIGHTS(Where.CLUSTER);

  /** The lowest level at which a grant allows it. */
  enum Where {
    TABLE,
    DATABASE,
    CLUSTER
  }

  private final Where where;
  private final List<Operation> operations;

  Attempt(Where where, Operation... operations) {
    this.where = where;
    this.operations = List.of(operations);
  }

  Where where() {
    return where;
  }

  /** Whether a grant of this operation at this level allows it. */
  boolean isAllowed(Operation granted, Where level) {
    return level.compareTo(where) >= 0
        && (granted == Operation.ALL || operations.contains(granted));
  }

  /** What a refusal names: what was tried, or DESCRIBE where not even that is allowed. */
  List<String> named() {
    Operation own = operations.isEmpty() ? Operation.ALL : operations.get(0);
    return List.of(" has no right to " + own + " on 'cluster", " has no right to DESCRIBE on ");
  }
}
