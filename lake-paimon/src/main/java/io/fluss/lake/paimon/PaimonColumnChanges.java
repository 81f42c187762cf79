package io.fluss.lake.paimon;

import io.fluss.lake.LakeColumnChange;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.schema.SchemaChange;

/** Changes of columns in Paimon's words; Paimon does all of a list, or none. */
final class PaimonColumnChanges {

  private PaimonColumnChanges() {}

  /** What makes the columns of a lake table those of the table; may be added to. */
  static List<SchemaChange> of(TableInfo table, SchemaVersion inLake) {
    List<SchemaChange> changes = new ArrayList<>();
    for (LakeColumnChange change : LakeColumnChange.between(inLake, table)) {
      changes.add(of(change));
    }
    return changes;
  }

  private static SchemaChange of(LakeColumnChange change) {
    if (change instanceof LakeColumnChange.Drop drop) {
      return SchemaChange.dropColumn(drop.column());
    }
    if (change instanceof LakeColumnChange.Rename rename) {
      return SchemaChange.renameColumn(rename.column(), rename.newName());
    }
    if (change instanceof LakeColumnChange.AllowNull allow) {
      return SchemaChange.updateColumnNullability(allow.column(), true);
    }
    if (change instanceof LakeColumnChange.Widen widen) {
      return SchemaChange.updateColumnType(widen.column(), PaimonTypes.of(widen.type()));
    }
    if (change instanceof LakeColumnChange.Add add) {
      return SchemaChange.addColumn(add.column(), PaimonTypes.of(add.type()), add.comment());
    }
    LakeColumnChange.Move move = (LakeColumnChange.Move) change;
    return SchemaChange.updateColumnPosition(
        move.after() == null
            ? SchemaChange.Move.first(move.column())
            : SchemaChange.Move.after(move.column(), move.after()));
  }
}
