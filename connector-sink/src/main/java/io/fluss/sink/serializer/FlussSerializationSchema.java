package io.fluss.sink.serializer;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes rows of the values of a stream. Serializable, since it goes where the job goes; each task
 * has its own and uses it from one thread.
 *
 * <p>Where rows of a bucket go to one task, a value is asked for its row twice: by the task that
 * chooses where it goes, and by the one that writes it. So the row must follow from the value
 * alone.
 *
 * @param <T> values of the stream
 */
@PublicEvolving
public interface FlussSerializationSchema<T> extends Serializable {

  /**
   * Called once in each task, before the first value; what is not serializable is made here. A copy
   * is opened where the sink is built, so that a schema which does not fit the table is refused
   * there.
   *
   * @param context what may be known of the task
   * @throws Exception fails the job
   */
  default void open(InitializationContext context) throws Exception {}

  /**
   * The row of a value, and what is done with it.
   *
   * @param value of the stream
   * @return never null
   * @throws Exception fails the job
   */
  RowWithOp serialize(T value) throws Exception;

  /** What a schema may know of the table it writes. */
  @PublicEvolving
  interface InitializationContext {

    /** {@return type of the rows: all columns of the table, in partial updates too} */
    RowType rowType();

    /** {@return the columns that are written} In a partial update the others are of no use. */
    List<String> columns();

    /**
     * {@return its primary key, by which rows are upserted and deleted; empty: they are appended}
     */
    List<String> primaryKey();
  }
}
