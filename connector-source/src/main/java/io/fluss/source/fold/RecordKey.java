package io.fluss.source.fold;

import io.fluss.format.key.ColumnSets;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.table.data.RowData;

/**
 * The primary key of a record, whatever its column set. The bytes go into a string, one character
 * each: arrays cannot be keys of Flink's state, and such strings are as small and as fast.
 */
public final class RecordKey implements KeySelector<RowData, String> {

  private static final long serialVersionUID = 1L;

  @Override
  public String getKey(RowData record) {
    byte[] key = record.getBinary(KeyedFold.KEY);
    return new String(
        key, ColumnSets.BYTES, key.length - ColumnSets.BYTES, StandardCharsets.ISO_8859_1);
  }
}
