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

  /** The selected columns. Not to be changed. */
  RowData row();

  /**
   * What happened to the row: {@code +I} in log tables and in bounded reads; in endless reads of
   * primary-key tables also {@code -U}, {@code +U} and {@code -D}.
   */
  RowKind changeType();

  /** When the row was stored, epoch milliseconds; {@link Long#MIN_VALUE} where nobody knows. */
  long timestamp();

  /** Kafka offset of the record that the row is in; of log tables a record is a batch of rows. */
  long offset();

  /** Which row of its record it is, from 0; 0 in primary-key tables. */
  int rowIndex();

  /** The bucket, from 0. */
  int bucket();

  /** The partition, as {@code dt=2025-06-17/region=eu}; null where the table has none. */
  @Nullable
  String partition();
}
