package io.fluss.source.split;

import io.fluss.read.LogPosition;
import java.io.IOException;
import javax.annotation.Nullable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Splits in checkpoints, version {@value #VERSION}. Versions before {@value #WITH_TOPIC_ID}, which
 * knew tables without partitions only, have no topic id; version {@value #WITHOUT_SAFE_TIME}, which
 * knew log tables only, has no safe time either:
 *
 * <pre>
 *   kind      byte     1 = log
 *   topic     UTF
 *   topicId   boolean, then UTF if true
 *   partition boolean, then UTF if true
 *   bucket    int
 *   offset    long     Kafka offset of the batch to read next
 *   rowsRead  int      rows of that batch already read
 *   stop      boolean, then long if true
 *   safeTime  long     epoch milliseconds
 * </pre>
 */
public final class SplitSerializer implements SimpleVersionedSerializer<TableSplit> {

  public static final SplitSerializer INSTANCE = new SplitSerializer();

  private static final int VERSION = 3;
  private static final int WITH_TOPIC_ID = 3;
  private static final int WITHOUT_SAFE_TIME = 1;
  private static final int LOG = 1;

  private SplitSerializer() {}

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(TableSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    if (split instanceof LogSplit log) {
      writeLogSplit(log, out);
    }
    return out.getCopyOfBuffer();
  }

  private static void writeLogSplit(LogSplit split, DataOutputSerializer out) throws IOException {
    out.writeByte(LOG);
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
    if (kind != LOG) {
      throw new IOException("Cannot restore a split of the unknown kind " + kind + ".");
    }
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
