package io.fluss.source.fold;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;

/**
 * Folds changes in the order of the log where Flink sorts its input by key and timestamp: in batch
 * mode. Records of a key may have one timestamp, and the sort is not stable; offsets differ, so
 * they are the timestamps as far as the fold. Behind it rows have the time of their record again.
 */
public final class LogOrder {

  private LogOrder() {}

  /**
   * @param records with the metadata {@link ChangeFold#METADATA_COLUMNS}
   * @param type of the rows that come out
   */
  public static SingleOutputStreamOperator<RowData> fold(
      DataStream<RowData> records, RecordKey key, ChangeFold fold, TypeInformation<RowData> type) {
    return records
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<RowData>noWatermarks()
                .withTimestampAssigner((record, time) -> ChangeFold.offset(record)))
        .keyBy(key, Types.STRING)
        .transform("Fold", type, new TimedFold(fold));
  }

  /** The fold, whose rows take the time at which their record was stored. */
  private static final class TimedFold extends KeyedProcessOperator<String, RowData, RowData> {

    private static final long serialVersionUID = 1L;

    TimedFold(ChangeFold fold) {
      super(fold);
    }

    @Override
    public void processElement(StreamRecord<RowData> record) throws Exception {
      record.setTimestamp(ChangeFold.storedAtMillis(record.getValue()));
      super.processElement(record);
    }
  }
}
