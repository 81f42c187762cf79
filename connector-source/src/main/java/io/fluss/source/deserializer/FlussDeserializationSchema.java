package io.fluss.source.deserializer;

import java.io.Serializable;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * Makes values of the records of a table. Serializable, since it goes where the job goes; each
 * source task has its own and uses it from one thread.
 *
 * @param <T> what the source emits
 */
@PublicEvolving
public interface FlussDeserializationSchema<T> extends Serializable {

  /**
   * Called once in each task, before the first record; what is not serializable is made here.
   *
   * @param context what may be known of the task
   * @throws Exception fails the job
   */
  default void open(InitializationContext context) throws Exception {}

  /**
   * The value of a record.
   *
   * @param record valid during this call
   * @return null: the record is left out
   * @throws Exception fails the job
   */
  @Nullable
  T deserialize(LogRecord record) throws Exception;

  /**
   * Type of the values. Called where the job is built, before {@link #open}.
   *
   * @param rowType of the rows that will be read: the selected columns
   * @return what Flink serializes the values with
   */
  TypeInformation<T> getProducedType(RowType rowType);

  /**
   * {@return whether deserialize asks records for their offset, bucket or partition} A read that
   * need not know them is faster.
   */
  default boolean readsOrigin() {
    return true;
  }

  /** What a schema may know of the task it is in. */
  @PublicEvolving
  interface InitializationContext {

    /** {@return type of the rows that will come: the selected columns} */
    RowType rowType();

    /** {@return metrics of the task} */
    MetricGroup metricGroup();

    /** {@return class loader of the job} */
    UserCodeClassLoader userCodeClassLoader();
  }
}
