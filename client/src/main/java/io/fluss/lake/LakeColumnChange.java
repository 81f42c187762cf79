package io.fluss.lake;

import io.fluss.format.schema.ColumnMapping;
import io.fluss.format.schema.TypeWidening;
import io.fluss.table.Column;
import io.fluss.table.SchemaVersion;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * One step from the columns that a lake table has to those that its table has by now. A format does
 * all of them in one commit, together with what the lake table says of its columns.
 */
public sealed interface LakeColumnChange {

  record Drop(String column) implements LakeColumnChange {}

  /** The last change of a column but for its place. */
  record Rename(String column, String newName) implements LakeColumnChange {}

  /** The column may be null from now on. */
  record AllowNull(String column) implements LakeColumnChange {}

  /**
   * @param type a wider one, with the nullability that the column has by then
   */
  record Widen(String column, LogicalType type) implements LakeColumnChange {}

  /** Behind all other columns. */
  record Add(String column, LogicalType type, @Nullable String comment)
      implements LakeColumnChange {}

  /**
   * @param after another column, null: before all others
   */
  record Move(String column, @Nullable String after) implements LakeColumnChange {}

  /**
   * The steps, in their order. Names never come back in a table that is kept in a lake, so steps
   * that were done already fail or change nothing when they are done again.
   *
   * @param inLake columns that the lake table has, without those of {@link
   *     LakeSchema#SYSTEM_COLUMNS}, which stay the last
   */
  static List<LakeColumnChange> between(SchemaVersion inLake, TableInfo table) {
    List<LakeColumnChange> changes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Field> wanted = table.currentSchema().fields();
    for (Field old : inLake.fields()) {
      int position = ColumnMapping.positionOf(old, wanted);
      if (position < 0) {
        changes.add(new Drop(old.name()));
      } else {
        names.add(wanted.get(position).name());
      }
    }
    for (Field old : inLake.fields()) {
      int position = ColumnMapping.positionOf(old, wanted);
      if (position >= 0) {
        addChanges(old, wanted.get(position), changes);
      }
    }
    names.addAll(LakeSchema.SYSTEM_COLUMNS);
    for (Column.Physical column : table.physicalColumns()) {
      if (inLake.fields().stream().noneMatch(f -> f.fieldId() == column.fieldId())) {
        changes.add(new Add(column.name(), column.type(), column.comment()));
        names.add(column.name());
      }
    }
    addMoves(names, wanted, changes);
    return changes;
  }

  private static void addChanges(Field old, Field now, List<LakeColumnChange> changes) {
    if (!old.type().isNullable() && now.type().isNullable()) {
      changes.add(new AllowNull(old.name()));
    }
    if (!TypeWidening.isSame(old.type(), now.type())) {
      changes.add(new Widen(old.name(), now.type()));
    }
    if (!old.name().equals(now.name())) {
      changes.add(new Rename(old.name(), now.name()));
    }
  }

  private static void addMoves(
      List<String> names, List<Field> wanted, List<LakeColumnChange> changes) {
    for (int i = 0; i < wanted.size(); i++) {
      String name = wanted.get(i).name();
      if (!names.get(i).equals(name)) {
        changes.add(new Move(name, i == 0 ? null : wanted.get(i - 1).name()));
        names.remove(name);
        names.add(i, name);
      }
    }
  }
}
