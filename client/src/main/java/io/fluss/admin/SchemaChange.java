package io.fluss.admin;

import io.fluss.table.Column;
import io.fluss.table.Watermark;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.LogicalType;

/** One step from the columns that a table has to those that somebody wants. */
@PublicEvolving
public sealed interface SchemaChange {

  /**
   * A new column. One that is stored gets a field id of its own, whichever it is given here, and is
   * null in rows that are there.
   */
  record Add(Column column, Position position) implements SchemaChange {}

  /** Readers that run keep the column, which is null in rows written without it. */
  record Drop(String column) implements SchemaChange {}

  record Rename(String column, String newName) implements SchemaChange {}

  /** A stored column gets a wider type, or may be null from now on. */
  record ChangeType(String column, LogicalType type) implements SchemaChange {}

  /**
   * @param comment null: none
   */
  record ChangeComment(String column, @Nullable String comment) implements SchemaChange {}

  record Move(String column, Position position) implements SchemaChange {}

  /**
   * A column that is not stored becomes what it is given as.
   *
   * @param column not a stored one; may have another name
   */
  record Replace(String name, Column column) implements SchemaChange {}

  /** The watermark in place of any that there is. */
  record SetWatermark(Watermark watermark) implements SchemaChange {}

  record DropWatermark() implements SchemaChange {}

  static SchemaChange add(String name, LogicalType type) {
    return new Add(new Column.Physical(-1, name, type, null), Position.last());
  }

  static SchemaChange drop(String column) {
    return new Drop(column);
  }

  static SchemaChange rename(String column, String newName) {
    return new Rename(column, newName);
  }

  static SchemaChange changeType(String column, LogicalType type) {
    return new ChangeType(column, type);
  }

  /** Where a column is put. */
  sealed interface Position {

    /** Before all others. */
    record First() implements Position {}

    /** Behind a column. */
    record After(String column) implements Position {}

    /** Behind all others. */
    record Last() implements Position {}

    static Position first() {
      return new First();
    }

    static Position after(String column) {
      return new After(column);
    }

    static Position last() {
      return new Last();
    }
  }
}
