package io.fluss.lake.paimon;

import io.fluss.FlussException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.paimon.io.DataInputViewStreamWrapper;
import org.apache.paimon.io.DataOutputViewStreamWrapper;
import org.apache.paimon.table.source.DataSplit;

/**
 * Splits as they are kept in checkpoints: {@value #VERSION}, then Paimon's own form, which has a
 * version of its own.
 */
final class SplitBytes {

  private static final int VERSION = 1;

  private SplitBytes() {}

  static byte[] of(DataSplit split) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      split.serialize(new DataOutputViewStreamWrapper(out));
    } catch (IOException e) {
      throw PaimonFailure.of("A split of Paimon cannot be described", e);
    }
    return bytes.toByteArray();
  }

  static DataSplit read(byte[] description) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(description))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new FlussException(
            "A split of Paimon is described in version "
                + version
                + ", and this version reads "
                + VERSION
                + " only. Use a version that is at least as new as the one of the checkpoint.");
      }
      return DataSplit.deserialize(new DataInputViewStreamWrapper(in));
    } catch (IOException e) {
      throw PaimonFailure.of("A split of Paimon cannot be read", e);
    }
  }
}
