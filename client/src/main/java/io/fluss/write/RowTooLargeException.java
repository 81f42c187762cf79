package io.fluss.write;

import io.fluss.FlussException;
import io.fluss.table.TablePath;
import org.apache.flink.annotation.PublicEvolving;

/** One row alone is larger than the largest record the table's topic takes. */
@PublicEvolving
public final class RowTooLargeException extends FlussException {

  private static final long serialVersionUID = 1L;

  public RowTooLargeException(TablePath table, int bucket, long rowBytes, long limitBytes) {
    super(
        "Cannot write a row to table '"
            + table
            + "', bucket "
            + bucket
            + ": encoded it has "
            + rowBytes
            + " bytes, and the topic takes records of at most "
            + limitBytes
            + " bytes ('max.message.bytes' less Kafka's framing). Make the row smaller or raise 'max.message.bytes' of the topic.");
  }
}
