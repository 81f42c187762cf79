package io.fluss.format.keyed;

import io.fluss.format.batch.HeaderField;
import java.util.UUID;

/**
 * The header of a primary-key table's records: which table they were written to, so that rows of a
 * dropped table are never taken for those of a new one under its name.
 */
public final class TableIdHeader {

  /** Key of the Kafka record header. */
  public static final String KEY = "table";

  private TableIdHeader() {}

  /** The header's value: the first 8 bytes of the table's id. */
  public static byte[] of(UUID table) {
    return HeaderField.tableId(table).value();
  }
}
