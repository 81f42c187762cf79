package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import io.fluss.lake.LakeColumnChange;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Gives a lake table the columns that its table has by now: in one commit with the property that
 * tells it, on the metadata that was looked at, or not at all. Their order in Iceberg stays, where
 * columns are found by their names.
 */
final class ColumnChanges {

  private ColumnChanges() {}

  /** Commits the changes; the table then has to be refreshed. */
  static void commit(TableInfo info, Table table, SchemaVersion inLake) {
    Transaction transaction = table.newTransaction();
    UpdateSchema update = transaction.updateSchema();
    for (LakeColumnChange change : LakeColumnChange.between(inLake, info)) {
      apply(change, update, table, info);
    }
    update.commit();
    Map.Entry<String, String> property =
        LakeColumnsHistory.property(info, transaction.table().schema().schemaId());
    transaction.updateProperties().set(property.getKey(), property.getValue()).commit();
    transaction.commitTransaction();
  }

  private static void apply(
      LakeColumnChange change, UpdateSchema update, Table table, TableInfo info) {
    if (change instanceof LakeColumnChange.Drop drop) {
      update.deleteColumn(drop.column());
    } else if (change instanceof LakeColumnChange.Rename rename) {
      update.renameColumn(rename.column(), rename.newName());
    } else if (change instanceof LakeColumnChange.AllowNull allow) {
      update.makeColumnOptional(allow.column());
    } else if (change instanceof LakeColumnChange.Widen widen) {
      update.updateColumn(widen.column(), type(widen).asPrimitiveType());
    } else if (change instanceof LakeColumnChange.Add add) {
      if (table.schema().asStruct().field(add.column()) != null) {
        throw new FlussException(
            "Lake table '"
                + info.path()
                + "' cannot get column '"
                + add.column()
                + "': somebody else has added one of that name. Rename or drop that one.");
      }
      update.addColumn(null, add.column(), type(add.column(), add.type()), add.comment());
    }
  }

  private static Type type(LakeColumnChange.Widen widen) {
    return type(widen.column(), widen.type());
  }

  private static Type type(String name, LogicalType type) {
    AtomicInteger ids = new AtomicInteger();
    RowType alone = new RowType(List.of(new RowType.RowField(name, type)));
    List<Types.NestedField> fields = LogicalTypeToIceberg.fields(alone, ids::incrementAndGet);
    return fields.get(0).type();
  }
}
