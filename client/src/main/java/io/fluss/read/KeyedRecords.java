package io.fluss.read;

import io.fluss.FlussException;
import io.fluss.format.key.ColumnSets;
import io.fluss.format.keyed.TableIdHeader;
import io.fluss.table.TableInfo;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The records of one primary-key table: which are its own, and which are wanted. Immutable. */
public final class KeyedRecords {

  private final TableInfo table;
  private final WantedKeys wanted;
  private final byte[] tableId;

  KeyedRecords(TableInfo table, WantedKeys wanted) {
    this.table = table;
    this.wanted = wanted;
    this.tableId = TableIdHeader.of(table.id());
  }

  /** All records of a table. */
  public static KeyedRecords of(TableInfo table) {
    return new KeyedRecords(table, WantedKeys.ALL);
  }

  /**
   * Whether the record's key is wanted.
   *
   * @throws CorruptLogException where it is not a record of this table
   */
  public boolean wants(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(TableIdHeader.KEY);
    byte[] key = record.key();
    if (header == null || key == null || key.length < ColumnSets.BYTES) {
      throw new CorruptLogException(
          place(record)
              + " was not written by this software: it has "
              + (header == null ? "no record header '" + TableIdHeader.KEY + "'" : "no key")
              + ". Only writers of tables may write to a table's topic.");
    }
    if (!Arrays.equals(header.value(), tableId)) {
      RecordPlace.requireThisTable(place(record), header.value(), tableId);
    }
    return wanted.contains(key, ColumnSets.BYTES);
  }

  /** The failure to read a record, with the place where it is. */
  public CorruptLogException unreadable(
      ConsumerRecord<byte[], byte[]> record, RuntimeException cause) {
    return cause instanceof CorruptLogException corrupt
        ? corrupt
        : new CorruptLogException(place(record) + " cannot be read: " + message(cause), cause);
  }

  private static String message(RuntimeException cause) {
    return cause instanceof FlussException ? cause.getMessage() : cause.toString();
  }

  private String place(ConsumerRecord<?, ?> record) {
    return RecordPlace.of("record", table, record);
  }
}
