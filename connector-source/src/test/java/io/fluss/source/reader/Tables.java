package io.fluss.source.reader;

import io.fluss.read.LogScan;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.union.LakeUse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.types.logical.BigIntType;

/** Tables that exist on paper only. */
final class Tables {

  static final TableInfo ONE_COLUMN =
      new TableInfo(
          new UUID(0, 1),
          TablePath.of("d", "t"),
          TableState.READY,
          "d.t",
          null,
          1,
          List.of(new Column.Physical(0, "id", new BigIntType(), null)),
          List.of(),
          List.of(),
          1,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          1,
          BucketFunction.MURMUR3,
          Map.of(),
          null,
          0);

  private Tables() {}

  /** The access to a lake that is never asked for. */
  static LakeAccess noLake(LogScan scan) {
    return new LakeAccess(
        scan, MetadataColumns.NONE, LakeUse.none(), Tables.class.getClassLoader());
  }
}
