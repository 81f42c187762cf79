package io.fluss.catalog;

import io.fluss.admin.OptionChange;
import io.fluss.admin.SchemaChange;
import io.fluss.admin.TableAlteration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.WatermarkSpec;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeUtils;

/**
 * An ALTER TABLE statement in our terms.
 *
 * @param problems what is wrong with the parts that our terms have no words for
 */
record RequestedChange(TableAlteration alteration, List<String> problems) {

  static RequestedChange of(List<TableChange> changes) {
    Reader reader = new Reader();
    changes.forEach(reader::read);
    return new RequestedChange(
        new TableAlteration(reader.schema, new OptionChange(reader.set, reader.reset)),
        reader.problems);
  }

  /** Takes the changes of a statement one after the other. */
  private static final class Reader {

    private final Map<String, String> set = new HashMap<>();
    private final Set<String> reset = new HashSet<>();
    private final List<SchemaChange> schema = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private void read(TableChange change) {
      if (change instanceof TableChange.SetOption option) {
        set.put(option.getKey(), option.getValue());
      } else if (change instanceof TableChange.ResetOption option) {
        reset.add(option.getKey());
      } else if (change instanceof TableChange.AddColumn add) {
        RequestedTable.column(add.getColumn(), problems)
            .ifPresent(c -> schema.add(new SchemaChange.Add(c, position(add.getPosition()))));
      } else if (change instanceof TableChange.DropColumn drop) {
        schema.add(SchemaChange.drop(drop.getColumnName()));
      } else if (change instanceof TableChange.ModifyColumn modify) {
        modify(modify);
      } else if (change instanceof TableChange.AddWatermark add) {
        watermark(add.getWatermark());
      } else if (change instanceof TableChange.ModifyWatermark modify) {
        watermark(modify.getNewWatermark());
      } else if (change instanceof TableChange.DropWatermark) {
        schema.add(new SchemaChange.DropWatermark());
      } else {
        problems.add(notPossible(change));
      }
    }

    private static String notPossible(TableChange change) {
      if (change instanceof TableChange.AddDistribution
          || change instanceof TableChange.ModifyDistribution
          || change instanceof TableChange.DropDistribution) {
        return "Buckets and their key were settled when the table was created: rows that are there"
            + " would be looked for elsewhere.";
      }
      if (change instanceof TableChange.AddUniqueConstraint
          || change instanceof TableChange.ModifyUniqueConstraint
          || change instanceof TableChange.DropConstraint) {
        return "The primary key was settled when the table was created: records are kept by it.";
      }
      return "The statement has a change that tables of this catalog do not know: " + change + ".";
    }

    private void watermark(WatermarkSpec watermark) {
      RequestedTable.watermark(watermark, problems)
          .ifPresent(w -> schema.add(new SchemaChange.SetWatermark(w)));
    }

    private void modify(TableChange.ModifyColumn modify) {
      Column before = modify.getOldColumn();
      if (modify instanceof TableChange.ModifyColumnName name) {
        schema.add(SchemaChange.rename(name.getOldColumnName(), name.getNewColumnName()));
      } else if (modify instanceof TableChange.ModifyPhysicalColumnType type) {
        LogicalType wanted =
            LogicalTypeUtils.removeTimeAttributes(type.getNewType().getLogicalType());
        schema.add(SchemaChange.changeType(before.getName(), wanted));
      } else if (modify instanceof TableChange.ModifyColumnComment comment) {
        schema.add(
            new SchemaChange.ChangeComment(before.getName(), blankToNull(comment.getNewComment())));
      } else if (!(modify instanceof TableChange.ModifyColumnPosition)) {
        replace(before, modify.getNewColumn());
      }
      if (modify.getNewPosition() != null) {
        String name =
            modify.getNewColumn() == null ? before.getName() : modify.getNewColumn().getName();
        schema.add(new SchemaChange.Move(name, position(modify.getNewPosition())));
      }
    }

    private void replace(Column before, Column after) {
      Optional<io.fluss.table.Column> wanted = RequestedTable.column(after, problems);
      wanted.ifPresent(c -> schema.add(new SchemaChange.Replace(before.getName(), c)));
    }

    @Nullable
    private static String blankToNull(@Nullable String comment) {
      return comment == null || comment.isEmpty() ? null : comment;
    }

    private static SchemaChange.Position position(@Nullable TableChange.ColumnPosition position) {
      if (position instanceof TableChange.After after) {
        return SchemaChange.Position.after(after.column());
      }
      return position instanceof TableChange.First
          ? SchemaChange.Position.first()
          : SchemaChange.Position.last();
    }
  }
}
