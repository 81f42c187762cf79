package io.fluss.typed;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;

/** What is found wrong while a class is laid over a row type; all of it is reported at once. */
final class Mapping {

  private final Class<?> type;
  private final List<String> problems = new ArrayList<>();

  Mapping(Class<?> type) {
    this.type = type;
  }

  void wrongType(String path, LogicalType column, Type field) {
    problems.add(
        "Column '"
            + path
            + "' is "
            + column.asSummaryString()
            + " and its field is "
            + field.getTypeName()
            + "; it can be "
            + JavaTypes.allowed(column)
            + ".");
  }

  void noField(String path, LogicalType column, ObjectClass owner, String advice) {
    problems.add(
        "Column '"
            + path
            + "' ("
            + column.asSummaryString()
            + ") has no field in "
            + owner.type().getSimpleName()
            + ", which has "
            + owner.fieldNames()
            + ". "
            + advice);
  }

  void noColumn(ObjectField field, List<String> columns) {
    problems.add(
        "Component '"
            + field.name()
            + "' is "
            + field.raw()
            + " and has no column among "
            + columns
            + ", so that it would have no value. Select its column or make it "
            + JavaTypes.boxed(field.raw()).getSimpleName()
            + ".");
  }

  void fieldOfAnother(String path) {
    problems.add("Column '" + path + "' goes with a field that another column goes with.");
  }

  void add(String problem) {
    problems.add(problem);
  }

  boolean isFine() {
    return problems.isEmpty();
  }

  /**
   * @throws UnfitClassException where anything is wrong
   */
  void requireFine() {
    if (!problems.isEmpty()) {
      throw new UnfitClassException(type, problems);
    }
  }

  static String path(String outer, String name) {
    return outer.isEmpty() ? name : outer + "." + name;
  }
}
