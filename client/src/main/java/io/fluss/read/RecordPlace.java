package io.fluss.read;

import io.fluss.table.TableInfo;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What errors say of a record: where it is, and that it belongs to another table. */
final class RecordPlace {

  private RecordPlace() {}

  /**
   * @param what a record is called in this table
   */
  static String of(String what, TableInfo table, ConsumerRecord<?, ?> record) {
    return "The "
        + what
        + " at offset "
        + record.offset()
        + " in bucket "
        + record.partition()
        + " of table '"
        + table.path()
        + "' (topic '"
        + record.topic()
        + "')";
  }

  /**
   * A writer that outlived its table may have written before it noticed.
   *
   * @param place the record, as a sentence begins
   * @param found the id in the record
   * @param wanted the id of the table
   * @throws CorruptLogException where they differ
   */
  static void requireThisTable(String place, byte[] found, byte[] wanted) {
    if (!Arrays.equals(found, wanted)) {
      throw new CorruptLogException(
          place
              + " was written to another table of this name, id "
              + HexFormat.of().formatHex(found)
              + "..., dropped meanwhile; the id of this one is "
              + HexFormat.of().formatHex(wanted)
              + "... Its writer ran on while the table was created again. Stop that writer, then"
              + " read from a time after this batch, or drop the table and create it anew.");
    }
  }
}
