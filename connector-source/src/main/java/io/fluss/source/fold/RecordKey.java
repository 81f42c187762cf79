package io.fluss.source.fold;

import io.fluss.format.key.ColumnSets;
import io.fluss.source.reader.MetadataColumn;
import io.fluss.source.reader.MetadataColumns;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.table.data.RowData;

/**
 * The primary key of a record, whatever its column set, and of a partitioned table which topic it
 * is in: a partition that is created again has rows of its own. The bytes go into a string, one
 * character each: arrays cannot be keys of Flink's state, and such strings are as small and as
 * fast.
 */
public final class RecordKey implements KeySelector<RowData, String> {

  private static final long serialVersionUID = 1L;

  private static final int NONE = -1;

  private final int topicId;

  private RecordKey(int topicId) {
    this.topicId = topicId;
  }

  /**
   * Of records with this metadata, which has the id of the topic where the table is partitioned.
   */
  public static RecordKey of(MetadataColumns metadata) {
    int column = metadata.columns().indexOf(MetadataColumn.TOPIC_ID);
    return new RecordKey(column < 0 ? NONE : KeyedFold.METADATA + column);
  }

  @Override
  public String getKey(RowData record) {
    byte[] key = record.getBinary(KeyedFold.KEY);
    String primaryKey =
        new String(
            key, ColumnSets.BYTES, key.length - ColumnSets.BYTES, StandardCharsets.ISO_8859_1);
    return topicId == NONE ? primaryKey : primaryKey + record.getString(topicId);
  }
}
