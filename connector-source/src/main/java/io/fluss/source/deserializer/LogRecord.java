package io.fluss.source.deserializer;

import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * A row of a table and where it came from. Valid during the call it is given to; {@link #row()} may
 * be kept.
 *
 * <p>What is not the row nor its time is known only to a schema that {@link
 * FlussDeserializationSchema#readsOrigin() asks for it}.
 */
@PublicEvolving
public interface LogRecord {

  /** {@return the selected columns, not to be changed} */
  RowData row();

  /**
   * {@return what happened to the row} {@code +I} in log tables and in bounded reads; in endless
   * reads of primary-key tables also {@code -U}, {@code +U} and {@code -D}.
   */
  RowKind changeType();

  /** {@return when the row was stored, epoch milliseconds; Long.MIN_VALUE where nobody knows} */
  long timestamp();

  /**
   * {@return Kafka offset of the record that the row is in} In log tables that is a batch of rows.
   */
  long offset();

  /** {@return which row of its record it is, from 0; negative of rows whose lake does not tell} */
  int rowIndex();

  /** {@return the bucket, from 0} */
  int bucket();

  /** {@return the partition, as "dt=2025-06-17/region=eu"; null where the table has none} */
  @Nullable
  String partition();
}
