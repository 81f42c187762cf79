package io.fluss.lookup;

import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;

/** Tables that the tests of this package share. */
final class LocalFixtures {

  private LocalFixtures() {}

  /** A table with PRIMARY KEY (id), whose deletes are kept for a day. */
  static TableInfo table(String topicId) {
    return new TableInfo(
        new UUID(1, 2),
        TablePath.of("shop", "customers"),
        TableState.READY,
        "shop.customers",
        topicId,
        1,
        List.of(
            new Column.Physical(0, "id", new BigIntType(false), null),
            new Column.Physical(1, "name", VarCharType.STRING_TYPE, null)),
        List.of(),
        List.of(),
        2,
        List.of("id"),
        List.of(),
        List.of(),
        List.of("id"),
        4,
        BucketFunction.MURMUR3,
        Map.of("table.log.ttl", "1 h"),
        null,
        0);
  }
}
