package io.fluss.source.split;

import io.fluss.read.LogPosition;
import java.io.IOException;
import javax.annotation.Nullable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Splits in checkpoints, version {@value #VERSION}:
 *
 * <pre>
 *   kind      byte     1 = log, 2 = lake, 3 = lake, then log
 *   lake:     splitId UTF, then what is to be read of the lake
 *   log:      the split of a log
 *   lake, then log: what is to be read of the lake, then the split of a log
 *
 * the split of a log:
 *   topic     UTF
 *   topicId   boolean, then UTF if true
 *   partition boolean, then UTF if true
 *   bucket    int
 *   offset    long     Kafka offset of the batch to read next
 *   rowsRead  int      rows of that batch already read
 *   stop      boolean, then long if true
 *   safeTime  long     epoch milliseconds
 *
 * what is to be read of a lake:
 *   rowsRead  long     rows of its first split already read
 *   bucket    int      the only bucket that is wanted, -1: all
 *   readHash  long     of the condition and the columns of the read
 *   former    boolean  whether its rows are of a topic before that of the log
 *   count     int      of splits, then of each:
 *     partition   int values, -1: none, then UTF each
 *     bucket      int, -1: any
 *     bytes       long
 *     rows        long, -1: unknown
 *     description int length, bytes of the lake format's own
 * </pre>
 *
 * <p>Versions before {@value #WITH_LAKE} knew logs only. Versions before {@value #WITH_TOPIC_ID},
 * which knew tables without partitions only, have no topic id; version {@value #WITHOUT_SAFE_TIME},
 * which knew log tables only, has no safe time either.
 */
public final class SplitSerializer implements SimpleVersionedSerializer<TableSplit> {

  public static final SplitSerializer INSTANCE = new SplitSerializer();

  private static final int VERSION = 4;
  private static final int WITH_LAKE = 4;
  private static final int WITH_TOPIC_ID = 3;
  private static final int WITHOUT_SAFE_TIME = 1;
  private static final int LOG = 1;
  private static final int LAKE = 2;
  private static final int LAKE_THEN_LOG = 3;

  private SplitSerializer() {}

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(TableSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    if (split instanceof LogSplit log) {
      out.writeByte(LOG);
      writeLogSplit(log, out);
    } else if (split instanceof LakeTableSplit lake) {
      out.writeByte(LAKE);
      out.writeUTF(lake.splitId());
      LakeRestBytes.write(lake.lake(), out);
    } else if (split instanceof LakeThenLogSplit both) {
      out.writeByte(LAKE_THEN_LOG);
      LakeRestBytes.write(both.lake(), out);
      writeLogSplit(both.logSplit(), out);
    }
    return out.getCopyOfBuffer();
  }

  private static void writeLogSplit(LogSplit split, DataOutputSerializer out) throws IOException {
    out.writeUTF(split.bucket().topic());
    writeNullable(split.bucket().topicId(), out);
    writeNullable(split.bucket().partition(), out);
    out.writeInt(split.bucket().index());
    out.writeLong(split.position().offset());
    out.writeInt(split.position().rowsRead());
    Long stop = split.stoppingOffset();
    out.writeBoolean(stop != null);
    if (stop != null) {
      out.writeLong(stop);
    }
    out.writeLong(split.safeTimeMillis());
  }

  private static void writeNullable(@Nullable String text, DataOutputSerializer out)
      throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  @Nullable
  private static String readNullable(DataInputDeserializer in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }

  @Override
  public TableSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version < WITHOUT_SAFE_TIME || version > VERSION) {
      throw new IOException(
          "Cannot restore a split of version "
              + version
              + "; supported here: "
              + WITHOUT_SAFE_TIME
              + " to "
              + VERSION
              + ". Restore with a version of the connector at least as new as the one that stored it.");
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int kind = in.readByte();
    if (kind == LOG) {
      return readLogSplit(version, in);
    }
    if (kind == LAKE && version >= WITH_LAKE) {
      return new LakeTableSplit(in.readUTF(), LakeRestBytes.read(in));
    }
    if (kind == LAKE_THEN_LOG && version >= WITH_LAKE) {
      return new LakeThenLogSplit(LakeRestBytes.read(in), readLogSplit(version, in));
    }
    throw new IOException("Cannot restore a split of the unknown kind " + kind + ".");
  }

  private static LogSplit readLogSplit(int version, DataInputDeserializer in) throws IOException {
    String topic = in.readUTF();
    String topicId = version < WITH_TOPIC_ID ? null : readNullable(in);
    String partition = readNullable(in);
    TableBucket bucket = new TableBucket(topic, topicId, partition, in.readInt());
    LogPosition position = new LogPosition(in.readLong(), in.readInt());
    Long stop = in.readBoolean() ? in.readLong() : null;
    long safeTime = version == WITHOUT_SAFE_TIME ? 0 : in.readLong();
    return new LogSplit(bucket, position, stop, safeTime);
  }
}
