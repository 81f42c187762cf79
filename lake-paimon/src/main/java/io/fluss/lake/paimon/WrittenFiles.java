package io.fluss.lake.paimon;

import io.fluss.FlussException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.paimon.io.CompactIncrement;
import org.apache.paimon.io.DataIncrement;
import org.apache.paimon.io.DataInputViewStreamWrapper;
import org.apache.paimon.io.DataOutputViewStreamWrapper;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.sink.CommitMessageSerializer;

/**
 * What writers have finished with, as bytes: {@value #VERSION}, the snapshots that they began with,
 * the version of Paimon's own form of a commit message, then a list of those.
 *
 * @param bases newest snapshots of the lake table when the writers of a primary-key table began, 0
 *     where there was none; of log tables there are none
 * @param messages one for each bucket of Paimon
 */
record WrittenFiles(Set<Long> bases, List<CommitMessageImpl> messages) {

  private static final int VERSION = 1;

  WrittenFiles {
    bases = Set.copyOf(bases);
    messages = List.copyOf(messages);
  }

  static WrittenFiles of(Set<Long> bases, List<CommitMessage> messages) {
    return new WrittenFiles(bases, messages.stream().map(CommitMessageImpl.class::cast).toList());
  }

  byte[] toBytes() {
    CommitMessageSerializer serializer = new CommitMessageSerializer();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(bases.size());
      for (long base : bases) {
        out.writeLong(base);
      }
      out.writeInt(serializer.getVersion());
      serializer.serializeList(List.copyOf(messages), new DataOutputViewStreamWrapper(out));
    } catch (IOException e) {
      throw PaimonFailure.of("Files written for Paimon cannot be described", e);
    }
    return bytes.toByteArray();
  }

  /** What several writers have finished with, together. */
  static WrittenFiles read(List<byte[]> written) {
    Set<Long> bases = new HashSet<>();
    List<CommitMessageImpl> all = new ArrayList<>();
    for (byte[] one : written) {
      WrittenFiles files = read(one);
      bases.addAll(files.bases);
      all.addAll(files.messages);
    }
    return new WrittenFiles(bases, all);
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
      Set<Long> bases = new HashSet<>();
      for (int left = in.readInt(); left > 0; left--) {
        bases.add(in.readLong());
      }
      return of(
          bases,
          new CommitMessageSerializer()
              .deserializeList(in.readInt(), new DataInputViewStreamWrapper(in)));
    } catch (IOException e) {
      throw PaimonFailure.of("The description of files written for Paimon cannot be read", e);
    }
  }

  /** Bytes of the new files. */
  long bytes() {
    return messages.stream()
        .flatMap(m -> m.newFilesIncrement().newFiles().stream())
        .mapToLong(f -> f.fileSize())
        .sum();
  }

  /** How many files of new rows there are. */
  int count() {
    return messages.stream().mapToInt(m -> m.newFilesIncrement().newFiles().size()).sum();
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
        bases,
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
