package io.fluss.source.table;

import io.fluss.format.key.KeyEncoder;
import io.fluss.read.WantedKeys;
import io.fluss.table.TableInfo;
import io.fluss.write.KeyedBucketRouter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * What filters say of the primary key: columns of it that equal a constant.
 *
 * <ul>
 *   <li>All columns of the bucket key are known: one bucket holds the rows.
 *   <li>The first columns of the primary key are known: the bytes are known with which the keys
 *       begin; of the whole key, all bytes.
 * </ul>
 */
final class KeyFilters {

  private final TableInfo table;
  private final RowType rowType;
  private final Map<String, Object> constants = new HashMap<>();
  private final List<ResolvedExpression> used = new ArrayList<>();

  private KeyFilters(TableInfo table) {
    this.table = table;
    this.rowType = table.rowType();
  }

  /**
   * @param filters that all hold
   */
  static KeyFilters of(TableInfo table, List<ResolvedExpression> filters) {
    KeyFilters known = new KeyFilters(table);
    for (ResolvedExpression filter : filters) {
      if (known.learn(filter)) {
        known.used.add(filter);
      }
    }
    return known;
  }

  /** The filters that say something of the key. */
  List<ResolvedExpression> used() {
    return used;
  }

  WantedKeys wantedKeys() {
    GenericRowData row = new GenericRowData(rowType.getFieldCount());
    constants.forEach((column, value) -> row.setField(rowType.getFieldIndex(column), value));
    Integer bucket =
        constants.keySet().containsAll(table.bucketKey())
            ? (Integer) KeyedBucketRouter.of(table).bucket(row)
            : null;
    int[] prefix =
        table.primaryKey().stream()
            .takeWhile(constants::containsKey)
            .mapToInt(rowType::getFieldIndex)
            .toArray();
    return new WantedKeys(bucket, KeyEncoder.of(rowType, prefix).encode(row));
  }

  private boolean learn(ResolvedExpression filter) {
    if (filter instanceof FieldReferenceExpression field) {
      return learnBoolean(field, true);
    }
    if (!(filter instanceof CallExpression call)) {
      return false;
    }
    List<ResolvedExpression> args = call.getResolvedChildren();
    if (call.getFunctionDefinition() == BuiltInFunctionDefinitions.AND) {
      // Each part holds by itself; each is learnt.
      return args.stream().map(this::learn).reduce(false, Boolean::logicalOr);
    }
    if (call.getFunctionDefinition() == BuiltInFunctionDefinitions.NOT) {
      return args.get(0) instanceof FieldReferenceExpression field && learnBoolean(field, false);
    }
    if (call.getFunctionDefinition() == BuiltInFunctionDefinitions.EQUALS) {
      return learnEqual(args.get(0), args.get(1)) || learnEqual(args.get(1), args.get(0));
    }
    return false;
  }

  private boolean learnBoolean(FieldReferenceExpression field, boolean value) {
    return isKey(field)
        && rowType.getTypeAt(rowType.getFieldIndex(field.getName())) instanceof BooleanType
        && constants.putIfAbsent(field.getName(), value) == null;
  }

  private boolean learnEqual(ResolvedExpression left, ResolvedExpression right) {
    if (!(right instanceof ValueLiteralExpression literal)) {
      return false;
    }
    Optional<FieldReferenceExpression> field = field(left).filter(this::isKey);
    if (field.isEmpty()) {
      return false;
    }
    String column = field.get().getName();
    LogicalType type = rowType.getTypeAt(rowType.getFieldIndex(column));
    Optional<Object> value = KeyLiterals.valueOf(literal, type);
    return value.isPresent() && constants.putIfAbsent(column, value.get()) == null;
  }

  private boolean isKey(FieldReferenceExpression field) {
    return table.primaryKey().contains(field.getName());
  }

  /** The field itself, or the one that is compared as another type without losing anything. */
  private static Optional<FieldReferenceExpression> field(ResolvedExpression expression) {
    if (expression instanceof FieldReferenceExpression field) {
      return Optional.of(field);
    }
    if (expression instanceof CallExpression call
        && call.getFunctionDefinition() == BuiltInFunctionDefinitions.CAST
        && call.getResolvedChildren().get(0) instanceof FieldReferenceExpression field
        && KeyLiterals.widens(
            field.getOutputDataType().getLogicalType(),
            call.getOutputDataType().getLogicalType())) {
      return Optional.of(field);
    }
    return Optional.empty();
  }
}
