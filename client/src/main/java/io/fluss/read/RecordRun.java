package io.fluss.read;

import java.util.Arrays;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of a bucket, one row each, as they follow one another; those that are not wanted are left
 * out. Immutable.
 *
 * @param last the last record, wanted or not
 */
record RecordRun(
    byte[][] keys, byte[][] values, long[] offsets, long[] timestamps, Last last, int sizeInBytes)
    implements RowPlaces {

  /** The end of a run. */
  record Last(long offset, long timestampMillis, int records) {}

  static RecordRun of(List<ConsumerRecord<byte[], byte[]>> records, KeyedRecords table) {
    int size = records.size();
    byte[][] keys = new byte[size][];
    byte[][] values = new byte[size][];
    long[] offsets = new long[size];
    long[] timestamps = new long[size];
    int wanted = 0;
    int bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
      if (table.wants(record)) {
        keys[wanted] = record.key();
        values[wanted] = record.value();
        offsets[wanted] = record.offset();
        timestamps[wanted] = record.timestamp();
        wanted++;
      }
    }
    ConsumerRecord<byte[], byte[]> last = records.get(size - 1);
    return new RecordRun(
        wanted == size ? keys : Arrays.copyOf(keys, wanted),
        wanted == size ? values : Arrays.copyOf(values, wanted),
        offsets,
        timestamps,
        new Last(last.offset(), last.timestamp(), size),
        bytes);
  }

  int size() {
    return keys.length;
  }

  byte[] key(int row) {
    return keys[row];
  }

  @Nullable
  byte[] value(int row) {
    return values[row];
  }

  @Override
  public long offset(int row) {
    return offsets[row];
  }

  @Override
  public int rowIndex(int row) {
    return 0;
  }

  @Override
  public long timestampMillis(int row) {
    return timestamps[row];
  }

  @Override
  public LogPosition behind(int rows) {
    if (rows == size()) {
      return LogPosition.at(last.offset() + 1);
    }
    return LogPosition.at(rows == 0 ? offsets[0] : offsets[rows - 1] + 1);
  }

  @Override
  public long appendedSinceMillis(int rows) {
    if (rows == size()) {
      return last.timestampMillis();
    }
    return rows == 0 ? Long.MIN_VALUE : timestamps[rows - 1];
  }

  @Override
  public int records() {
    return last.records();
  }
}
