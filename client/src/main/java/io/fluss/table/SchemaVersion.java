package io.fluss.table;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The physical columns of a table at one point of its history. The header of each record in the log
 * names the version it was written with.
 *
 * @param version from 1, rising
 * @param fields in the order in which they are encoded
 */
@PublicEvolving
public record SchemaVersion(int version, List<Field> fields) implements Serializable {

  /** A physical column; {@code fieldId} is its identity over versions. */
  public record Field(int fieldId, String name, LogicalType type) implements Serializable {}

  public SchemaVersion {
    if (version < 1) {
      throw new IllegalArgumentException("Schema versions start at 1, got " + version + ".");
    }
    fields = List.copyOf(fields);
  }

  public RowType rowType() {
    return new RowType(
        false, fields.stream().map(f -> new RowType.RowField(f.name(), f.type())).toList());
  }
}
