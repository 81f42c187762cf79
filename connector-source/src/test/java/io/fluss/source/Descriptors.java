package io.fluss.source;

import io.fluss.admin.TableDescriptor;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/** Descriptions of primary-key tables to create. */
final class Descriptors {

  private Descriptors() {}

  /** With these columns and this key. */
  static TableDescriptor.Builder of(RowType type, String... primaryKey) {
    TableDescriptor.Builder table = TableDescriptor.builder();
    type.getFields().forEach(f -> table.column(f.getName(), f.getType()));
    return table.primaryKey(List.of(primaryKey));
  }
}
