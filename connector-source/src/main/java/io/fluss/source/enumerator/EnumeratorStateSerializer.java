package io.fluss.source.enumerator;

import io.fluss.source.split.SplitSerializer;
import io.fluss.source.split.TableSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * An enumerator's state in checkpoints, version {@value #VERSION}:
 *
 * <pre>
 *   discovered   boolean
 *   splitVersion int      version of the splits that follow
 *   count        int
 *   count times: length int, split bytes
 * </pre>
 */
public final class EnumeratorStateSerializer implements SimpleVersionedSerializer<EnumeratorState> {

  public static final EnumeratorStateSerializer INSTANCE = new EnumeratorStateSerializer();

  private static final int VERSION = 1;

  private EnumeratorStateSerializer() {}

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(EnumeratorState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeBoolean(state.discovered());
    out.writeInt(SplitSerializer.INSTANCE.getVersion());
    out.writeInt(state.unassigned().size());
    for (TableSplit split : state.unassigned()) {
      byte[] bytes = SplitSerializer.INSTANCE.serialize(split);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public EnumeratorState deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "Cannot restore an enumerator of version "
              + version
              + "; supported here: "
              + VERSION
              + ". Restore with a version of the connector at least as new as the one that stored it.");
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    boolean discovered = in.readBoolean();
    int splitVersion = in.readInt();
    int count = in.readInt();
    List<TableSplit> unassigned = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] split = new byte[in.readInt()];
      in.readFully(split);
      unassigned.add(SplitSerializer.INSTANCE.deserialize(splitVersion, split));
    }
    return new EnumeratorState(discovered, unassigned);
  }
}
