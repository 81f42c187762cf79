package io.fluss.acl;

import static io.fluss.acl.Operation.ALTER;
import static io.fluss.acl.Operation.CREATE;
import static io.fluss.acl.Operation.DESCRIBE;
import static io.fluss.acl.Operation.DROP;
import static io.fluss.acl.Operation.READ;
import static io.fluss.acl.Operation.WRITE;

import io.fluss.table.TablePath;
import java.util.List;
import javax.annotation.Nullable;

/**
 * What somebody may try, and what {@code docs/security} says that it needs.
 *
 * @see Person
 */
enum Attempt {
  SEE(Where.TABLE, "log", DESCRIBE, READ, WRITE, CREATE, DROP, ALTER),
  RAW_READ_ROWS(Where.TABLE, "log", READ),
  RAW_READ_ROWS_OF_PARTITION(Where.TABLE, "part", READ),

  /** For which Kafka asks for READ alone. */
  RAW_COMMIT_OFFSETS(Where.TABLE, "log", READ) {
    @Override
    boolean isLeft(Operation denied, Where level) {
      return denied == DESCRIBE || super.isLeft(denied, level);
    }
  },
  RAW_WRITE_ROWS(Where.TABLE, "moving", WRITE),
  RAW_WRITE_IN_TRANSACTION(Where.TABLE, "log", WRITE),

  /** The definitions of a database are in one topic, on the cluster among all topics. */
  RAW_WRITE_DEFINITIONS(Where.DATABASE, null, CREATE, DROP, ALTER) {
    @Override
    boolean isAllowed(Operation granted, Where level) {
      return isAllowed(granted) || (granted == WRITE && level == Where.CLUSTER);
    }

    @Override
    boolean isLeft(Operation denied, Where level) {
      return level == Where.TABLE || (denied != DESCRIBE && denied != Operation.ALL);
    }
  },

  /** Whoever may has the right to keep others from changing definitions. */
  RAW_FENCE_DEFINITIONS(Where.DATABASE, null, CREATE, DROP, ALTER) {
    @Override
    boolean isAllowed(Operation granted, Where level) {
      return isAllowed(granted);
    }

    @Override
    boolean isLeft(Operation denied, Where level) {
      return level == Where.TABLE || denied != Operation.ALL;
    }
  },
  LOOK_UP(Where.TABLE, "pk", READ),
  APPEND(Where.TABLE, "log", WRITE),
  UPSERT(Where.TABLE, "pk", WRITE),

  /** Two rights, which WRITE has both. */
  WRITE_TO_NEW_PARTITION(Where.TABLE, "part", WRITE) {
    @Override
    boolean isLeft(Operation denied, Where level) {
      return denied != CREATE && super.isLeft(denied, level);
    }
  },

  /** A right of WRITE that DENY of WRITE leaves: to Kafka it is CREATE. */
  ADD_PARTITION(Where.TABLE, "part", WRITE, CREATE) {
    @Override
    boolean isLeft(Operation denied, Where level) {
      return denied == WRITE || super.isLeft(denied, level);
    }
  },
  DROP_PARTITION(Where.TABLE, "part", DROP),
  TRUNCATE(Where.TABLE, "emptied", DROP),
  SET_OPTION(Where.TABLE, "log", ALTER),
  SET_OPTION_OF_PARTITIONED(Where.TABLE, "part", ALTER),
  REGISTER_COLUMN_SET(Where.TABLE, "pk", ALTER),
  TIER(Where.TABLE, "log", ALTER),
  TIER_PARTITIONED(Where.TABLE, "part", ALTER),
  CREATE_TABLE(Where.TABLE, null, CREATE),
  CREATE_PARTITIONED_TABLE(Where.TABLE, null, CREATE),
  RENAME_TABLE(Where.TABLE, "moving", ALTER),
  RENAME_PARTITIONED_TABLE(Where.TABLE, "moving_part", ALTER),
  DROP_TABLE(Where.TABLE, "doomed", DROP),
  DROP_PARTITIONED_TABLE(Where.TABLE, "doomed_part", DROP),
  ALTER_DATABASE(Where.DATABASE, null, ALTER),

  /** With all its tables, so that none may be denied. */
  DROP_DATABASE(Where.DATABASE, null, DROP) {
    @Override
    boolean isLeft(Operation denied, Where level) {
      return isLeft(denied);
    }
  },
  CREATE_DATABASE(Where.CLUSTER, null, CREATE),
  MANAGE_RIGHTS(Where.CLUSTER, null, Operation.ALL) {
    @Override
    boolean isAllowed(Operation granted, Where level) {
      return level == Where.CLUSTER && granted == Operation.ALL;
    }
  };

  /** The lowest level at which a grant allows it. */
  enum Where {
    TABLE,
    DATABASE,
    CLUSTER
  }

  private final Where where;
  @Nullable private final String table;
  private final List<Operation> operations;

  Attempt(Where where, @Nullable String table, Operation... operations) {
    this.where = where;
    this.table = table;
    this.operations = List.of(operations);
  }

  Where where() {
    return where;
  }

  /**
   * Whether it is done with Kafka's own client, whose refusals are in Kafka's words; sources and
   * sinks put them into ours.
   */
  boolean isRaw() {
    return name().startsWith("RAW_");
  }

  /** Whether a grant of this operation at this level allows it. */
  boolean isAllowed(Operation granted, Where level) {
    return level.compareTo(where) >= 0 && isAllowed(granted);
  }

  /**
   * Whether somebody with all rights on the cluster still may who is denied this operation, on the
   * database or on each of its tables. A topic can be created by who may not see it, as long as he
   * sees the definitions.
   */
  boolean isLeft(Operation denied, Where level) {
    boolean createsUnseen =
        this != SEE && denied == DESCRIBE && level == Where.TABLE && operations.contains(CREATE);
    return level.compareTo(where) < 0 || createsUnseen || isLeft(denied);
  }

  /** Whether it needs no right that is taken with this one; all of it needs to be seen. */
  final boolean isLeft(Operation denied) {
    return denied != Operation.ALL
        && denied != DESCRIBE
        && (this == SEE || !operations.contains(denied));
  }

  final boolean isAllowed(Operation granted) {
    return granted == Operation.ALL || operations.contains(granted);
  }

  /** What a refusal says is missing. */
  Operation operation() {
    return operations.get(0);
  }

  /**
   * On what a refusal says that it is missing: who may not create something lacks no right to it.
   */
  AclResource resource(String database, String prefix) {
    if (where == Where.CLUSTER) {
      return AclResource.cluster();
    }
    return table == null
        ? AclResource.database(database)
        : AclResource.table(TablePath.of(database, prefix + table));
  }
}
