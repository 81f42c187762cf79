package io.fluss.format.arrow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * Row types under projection. A nested field is named by its path, joined with underscores as Flink
 * does, and may be null if one of its parents may.
 */
final class ProjectedTypes {
  private final Set<String> names = new HashSet<>();
  private int duplicates;

  private ProjectedTypes() {}

  /**
   * @throws IllegalArgumentException if a path leads to no field
   */
  static RowType project(RowType type, int[][] projection) {
    ProjectedTypes projected = new ProjectedTypes();
    List<RowType.RowField> fields = new ArrayList<>();
    for (int[] path : projection) {
      fields.add(projected.field(type, path));
    }
    return new RowType(type.isNullable(), fields);
  }

  private RowType.RowField field(RowType type, int[] path) {
    List<String> name = new ArrayList<>();
    boolean nullable = false;
    LogicalType current = type;
    for (int index : path) {
      if (current.getTypeRoot() != LogicalTypeRoot.ROW
          || index < 0
          || index >= ((RowType) current).getFieldCount()) {
        throw invalid(type, path);
      }
      RowType.RowField field = ((RowType) current).getFields().get(index);
      name.add(field.getName());
      current = field.getType();
      nullable |= current.isNullable();
    }
    if (path.length == 0) {
      throw invalid(type, path);
    }
    return new RowType.RowField(unique(String.join("_", name)), current.copy(nullable));
  }

  private String unique(String name) {
    String candidate = name;
    while (!names.add(candidate)) {
      candidate = name + "_$" + duplicates++;
    }
    return candidate;
  }

  private static IllegalArgumentException invalid(RowType type, int[] path) {
    return new IllegalArgumentException(
        "Cannot project " + Arrays.toString(path) + ": no such field in " + type.asSummaryString());
  }
}
