package io.fluss.lake.paimon;

import io.fluss.FlussException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.io.CompactIncrement;
import org.apache.paimon.io.DataIncrement;
import org.apache.paimon.io.DataInputViewStreamWrapper;
import org.apache.paimon.io.DataOutputViewStreamWrapper;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.sink.CommitMessageSerializer;

/**
 * What writers have finished with, as bytes: {@value #VERSION}, the version of Paimon's own form of
 * a commit message, then a list of those.
 *
 * @param messages one for each bucket of Paimon
 */
record WrittenFiles(List<CommitMessageImpl> messages) {

  private static final int VERSION = 1;

  WrittenFiles {
    messages = List.copyOf(messages);
  }

  static WrittenFiles of(List<CommitMessage> messages) {
    return new WrittenFiles(messages.stream().map(CommitMessageImpl.class::cast).toList());
  }

  byte[] toBytes() {
    CommitMessageSerializer serializer = new CommitMessageSerializer();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(serializer.getVersion());
      serializer.serializeList(List.copyOf(messages), new DataOutputViewStreamWrapper(out));
    } catch (IOException e) {
      throw new FlussException(
          "Files written for Paimon cannot be described: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  /** What several writers have finished with, together. */
  static WrittenFiles read(List<byte[]> written) {
    List<CommitMessageImpl> all = new ArrayList<>();
    written.forEach(w -> all.addAll(read(w).messages));
    return new WrittenFiles(all);
  }

  static WrittenFiles read(byte[] written) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(written))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new FlussException(
            "Files written for Paimon are described in version "
                + version
                + ", and this version reads "
                + VERSION
                + " only. Let all parts of a tiering job have the same version.");
      }
      return of(
          new CommitMessageSerializer()
              .deserializeList(in.readInt(), new DataInputViewStreamWrapper(in)));
    } catch (IOException e) {
      throw new FlussException(
          "The description of files written for Paimon cannot be read: " + e.getMessage(), e);
    }
  }

  /** Bytes of the new files. */
  long bytes() {
    return messages.stream()
        .flatMap(m -> m.newFilesIncrement().newFiles().stream())
        .mapToLong(f -> f.fileSize())
        .sum();
  }

  /** The new rows alone, without what was compacted beside. */
  List<CommitMessage> appended() {
    return messages.stream()
        .<CommitMessage>map(
            m ->
                new CommitMessageImpl(
                    m.partition(),
                    m.bucket(),
                    m.totalBuckets(),
                    m.newFilesIncrement(),
                    CompactIncrement.emptyIncrement()))
        .toList();
  }

  /** What was compacted; empty where nothing was. */
  WrittenFiles compacted() {
    return new WrittenFiles(
        messages.stream()
            .filter(m -> !m.compactIncrement().isEmpty())
            .map(
                m ->
                    new CommitMessageImpl(
                        m.partition(),
                        m.bucket(),
                        m.totalBuckets(),
                        DataIncrement.emptyIncrement(),
                        m.compactIncrement()))
            .toList());
  }
}
