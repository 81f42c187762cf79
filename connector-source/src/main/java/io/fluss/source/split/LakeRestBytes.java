package io.fluss.source.split;

import io.fluss.lake.LakeSplit;
import io.fluss.partition.PartitionName;
import io.fluss.union.LakeRest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;

/** The part of {@link SplitSerializer}'s bytes that tells what is to be read of a lake. */
final class LakeRestBytes {

  private static final int NO_PARTITION = -1;

  private LakeRestBytes() {}

  static void write(LakeRest rest, DataOutput out) throws IOException {
    out.writeLong(rest.rowsRead());
    out.writeInt(rest.bucketOrAny());
    out.writeLong(rest.readHash());
    out.writeBoolean(rest.ofFormerTopic());
    out.writeInt(rest.splits().size());
    for (LakeSplit split : rest.splits()) {
      writePartition(split.partition(), out);
      out.writeInt(split.bucketOrAny());
      out.writeLong(split.bytes());
      out.writeLong(split.rows());
      byte[] description = split.description();
      out.writeInt(description.length);
      out.write(description);
    }
  }

  private static void writePartition(@Nullable PartitionName partition, DataOutput out)
      throws IOException {
    if (partition == null) {
      out.writeInt(NO_PARTITION);
      return;
    }
    out.writeInt(partition.values().size());
    for (String value : partition.values()) {
      out.writeUTF(value);
    }
  }

  static LakeRest read(DataInput in) throws IOException {
    long rowsRead = in.readLong();
    int onlyBucket = in.readInt();
    long readHash = in.readLong();
    boolean ofFormerTopic = in.readBoolean();
    int count = in.readInt();
    List<LakeSplit> splits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PartitionName partition = readPartition(in);
      int bucket = in.readInt();
      long bytes = in.readLong();
      long rows = in.readLong();
      byte[] description = new byte[in.readInt()];
      in.readFully(description);
      splits.add(new LakeSplit(partition, bucket, bytes, rows, description));
    }
    return new LakeRest(splits, rowsRead, onlyBucket, readHash, ofFormerTopic);
  }

  @Nullable
  private static PartitionName readPartition(DataInput in) throws IOException {
    int count = in.readInt();
    if (count == NO_PARTITION) {
      return null;
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(in.readUTF());
    }
    return new PartitionName(values);
  }
}
