package io.fluss.sink.serializer;

import io.fluss.typed.ObjectToRow;
import java.io.Serializable;
import java.util.function.Function;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Objects of a class of the user's: a record, or a class with a constructor without arguments; see
 * {@link io.fluss.typed} for how fields and columns go together. Every column that is written needs
 * a field; fields without a column are left alone.
 *
 * @param <T> the class
 */
@PublicEvolving
public final class PojoSerializationSchema<T> implements FlussSerializationSchema<T> {

  private static final long serialVersionUID = 1L;

  /** Of the objects. */
  private final Class<T> type;

  /** Null where it follows from the table. */
  @Nullable private final Operation<T> operation;

  private transient OperationType usual;
  @Nullable private transient ObjectToRow<T> rows;

  /** Of deletes: the primary key alone, for there may be no more. */
  @Nullable private transient ObjectToRow<T> keys;

  /**
   * What is done with the row of an object.
   *
   * @param <T> the class
   */
  @PublicEvolving
  @FunctionalInterface
  public interface Operation<T> extends Function<T, OperationType>, Serializable {}

  private PojoSerializationSchema(Class<T> type, @Nullable Operation<T> operation) {
    this.type = type;
    this.operation = operation;
  }

  /**
   * A schema of this class, whose objects are appended, or upserted.
   *
   * @param <T> the class
   * @param type the class
   * @return the schema
   */
  public static <T> PojoSerializationSchema<T> of(Class<T> type) {
    return new PojoSerializationSchema<>(type, null);
  }

  /**
   * The same, where the object says what is done with it. Of one that is to be deleted, only the
   * fields of the primary key matter.
   *
   * @param ofObject says it
   * @return another schema
   */
  public PojoSerializationSchema<T> withOperation(Operation<T> ofObject) {
    return new PojoSerializationSchema<>(type, ofObject);
  }

  /**
   * @throws io.fluss.typed.UnfitClassException where the class does not go with the columns
   */
  @Override
  public void open(InitializationContext context) {
    rows = ObjectToRow.of(type, context.rowType(), context.columns());
    keys = ObjectToRow.of(type, context.rowType(), context.primaryKey());
    usual = context.primaryKey().isEmpty() ? OperationType.APPEND : OperationType.UPSERT;
  }

  @Override
  public RowWithOp serialize(T value) {
    OperationType done = operation == null ? usual : operation.apply(value);
    boolean keyOnly = done == OperationType.DELETE || done == OperationType.IGNORE;
    return new RowWithOp((keyOnly ? keys : rows).row(value), done);
  }
}
