package io.fluss.tiering.split;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.InstantiationUtil;

/**
 * Java's own serialization, for what goes from one process of a running job to another and is never
 * stored.
 */
public final class InstantSerializer<T extends Serializable>
    implements SimpleVersionedSerializer<T> {

  private static final int VERSION = 1;

  private final Class<T> type;

  public InstantSerializer(Class<T> type) {
    this.type = type;
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(T value) throws IOException {
    return InstantiationUtil.serializeObject(value);
  }

  @Override
  public T deserialize(int version, byte[] serialized) throws IOException {
    try {
      return type.cast(
          InstantiationUtil.<Object>deserializeObject(serialized, type.getClassLoader()));
    } catch (ClassNotFoundException e) {
      throw new IOException("A process of this job is of another version.", e);
    }
  }
}
