package io.fluss.source.enumerator;

import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeOffsetsJson;
import io.fluss.lake.LakeSnapshot;
import io.fluss.source.split.SplitSerializer;
import io.fluss.source.split.TableSplit;
import io.fluss.source.split.TopicIdentity;
import io.fluss.union.PinnedLake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * An enumerator's state in checkpoints, version {@value #VERSION}. Version {@value
 * #WITHOUT_PARTITIONS} begins with {@code discovered} and ends with the splits; those before
 * {@value #WITH_LAKE} end with the partitions:
 *
 * <pre>
 *   tableId      boolean, then two longs if true
 *   discovered   boolean
 *   splitVersion int      version of the splits that follow
 *   count        int
 *   count times: length int, split bytes
 *   partitions   int
 *   as many times: topic UTF, its id UTF; sorted by topic
 *   lake         boolean, then if true of its snapshot:
 *     id           long
 *     committedAt  long     epoch milliseconds
 *     completeAt   long     epoch milliseconds
 *     offsets      int length, UTF-8 of {@link LakeOffsetsJson}
 * </pre>
 */
public final class EnumeratorStateSerializer implements SimpleVersionedSerializer<EnumeratorState> {

  public static final EnumeratorStateSerializer INSTANCE = new EnumeratorStateSerializer();

  private static final int VERSION = 3;
  private static final int WITH_LAKE = 3;
  private static final int WITHOUT_PARTITIONS = 1;

  private EnumeratorStateSerializer() {}

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(EnumeratorState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    UUID tableId = state.tableId();
    out.writeBoolean(tableId != null);
    if (tableId != null) {
      out.writeLong(tableId.getMostSignificantBits());
      out.writeLong(tableId.getLeastSignificantBits());
    }
    out.writeBoolean(state.discovered());
    out.writeInt(SplitSerializer.INSTANCE.getVersion());
    out.writeInt(state.unassigned().size());
    for (TableSplit split : state.unassigned()) {
      byte[] bytes = SplitSerializer.INSTANCE.serialize(split);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
    writePartitions(state.partitions(), out);
    writeLake(state.lake(), out);
    return out.getCopyOfBuffer();
  }

  private static void writeLake(@Nullable PinnedLake lake, DataOutputSerializer out)
      throws IOException {
    out.writeBoolean(lake != null);
    if (lake != null) {
      LakeSnapshot snapshot = lake.snapshot();
      out.writeLong(snapshot.id());
      out.writeLong(snapshot.committedAtMillis());
      out.writeLong(lake.completeAtMillis());
      byte[] offsets = LakeOffsetsJson.write(snapshot.offsets()).getBytes(StandardCharsets.UTF_8);
      out.writeInt(offsets.length);
      out.write(offsets);
    }
  }

  @Nullable
  private static PinnedLake readLake(DataInputDeserializer in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    long id = in.readLong();
    long committedAt = in.readLong();
    long completeAt = in.readLong();
    byte[] offsets = new byte[in.readInt()];
    in.readFully(offsets);
    LakeOffsets read =
        LakeOffsetsJson.read("a checkpoint", new String(offsets, StandardCharsets.UTF_8));
    return new PinnedLake(new LakeSnapshot(id, read, committedAt), completeAt);
  }

  private static void writePartitions(Set<TopicIdentity> partitions, DataOutputSerializer out)
      throws IOException {
    List<TopicIdentity> sorted =
        partitions.stream().sorted(Comparator.comparing(TopicIdentity::name)).toList();
    out.writeInt(sorted.size());
    for (TopicIdentity partition : sorted) {
      out.writeUTF(partition.name());
      out.writeUTF(partition.id());
    }
  }

  private static Set<TopicIdentity> readPartitions(DataInputDeserializer in) throws IOException {
    Set<TopicIdentity> partitions = new HashSet<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      partitions.add(new TopicIdentity(in.readUTF(), in.readUTF()));
    }
    return partitions;
  }

  @Override
  public EnumeratorState deserialize(int version, byte[] bytes) throws IOException {
    if (version < WITHOUT_PARTITIONS || version > VERSION) {
      throw new IOException(
          "Cannot restore an enumerator of version "
              + version
              + "; supported here: "
              + WITHOUT_PARTITIONS
              + " to "
              + VERSION
              + ". Restore with a version of the connector at least as new as the one that stored it.");
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    boolean complete = version > WITHOUT_PARTITIONS;
    UUID tableId = complete && in.readBoolean() ? new UUID(in.readLong(), in.readLong()) : null;
    boolean discovered = in.readBoolean();
    int splitVersion = in.readInt();
    int count = in.readInt();
    List<TableSplit> unassigned = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] split = new byte[in.readInt()];
      in.readFully(split);
      unassigned.add(SplitSerializer.INSTANCE.deserialize(splitVersion, split));
    }
    return new EnumeratorState(
        tableId,
        discovered,
        unassigned,
        complete ? readPartitions(in) : Set.of(),
        version >= WITH_LAKE ? readLake(in) : null);
  }
}
