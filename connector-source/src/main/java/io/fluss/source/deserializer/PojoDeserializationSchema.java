package io.fluss.source.deserializer;

import io.fluss.FlussException;
import io.fluss.typed.RowToObject;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/**
 * Objects of a class of the user's: a record, or a class with a constructor without arguments; see
 * {@link io.fluss.typed} for how columns and fields go together.
 *
 * <p>An object cannot say that its row was deleted. So a delete, or the old row of an update, which
 * come in endless reads of primary-key tables only, fails the job unless {@link #upsertsOnly}
 * leaves them out. A schema of your own can keep them, for instance with a field for the kind of
 * change.
 *
 * @param <T> the class
 */
@PublicEvolving
public final class PojoDeserializationSchema<T> implements FlussDeserializationSchema<T> {

  private static final long serialVersionUID = 1L;

  /** Of the objects. */
  private final Class<T> type;

  /** Whether deletes and old rows are left out. */
  private final boolean upsertsOnly;

  @Nullable private transient RowToObject<T> objects;

  private PojoDeserializationSchema(Class<T> type, boolean upsertsOnly) {
    this.type = type;
    this.upsertsOnly = upsertsOnly;
  }

  /**
   * A schema of this class.
   *
   * @param <T> the class
   * @param type the class
   * @return the schema
   */
  public static <T> PojoDeserializationSchema<T> of(Class<T> type) {
    return new PojoDeserializationSchema<>(type, false);
  }

  /**
   * The same, which leaves out deletes and the old rows of updates.
   *
   * @return another schema
   */
  public PojoDeserializationSchema<T> upsertsOnly() {
    return new PojoDeserializationSchema<>(type, true);
  }

  @Override
  public void open(InitializationContext context) {
    objects = RowToObject.of(context.rowType(), type);
  }

  @Override
  @Nullable
  public T deserialize(LogRecord record) {
    RowKind kind = record.changeType();
    if (kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER) {
      return objects.read(record.row());
    }
    if (upsertsOnly) {
      return null;
    }
    throw new FlussException(
        "A row was deleted or replaced ("
            + kind.shortString()
            + "), and an object of "
            + type.getSimpleName()
            + " cannot say so. Leave such changes out with"
            + " PojoDeserializationSchema.of(...).upsertsOnly(), or write a"
            + " FlussDeserializationSchema that keeps record.changeType().");
  }

  /**
   * @throws io.fluss.typed.UnfitClassException where the class does not go with the columns
   */
  @Override
  public TypeInformation<T> getProducedType(RowType rowType) {
    RowToObject.of(rowType, type);
    return TypeInformation.of(type);
  }

  @Override
  public boolean readsOrigin() {
    return false;
  }
}
