package io.fluss.lake.paimon;

import io.fluss.FlussException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.paimon.io.DataInputViewStreamWrapper;
import org.apache.paimon.io.DataOutputViewStreamWrapper;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;

/**
 * Splits as they are kept in checkpoints, in one of two versions:
 *
 * <pre>
 *   1   a split of a lake table whose columns had not been changed when it was planned
 *   2   long: id of the lake table's schema then
 * </pre>
 *
 * then Paimon's own form, which has a version of its own.
 *
 * @param schemaId of the lake table when the split was planned; the first one in version 1
 */
record SplitBytes(DataSplit split, long schemaId) {

  private static final int UNCHANGED_COLUMNS = 1;
  private static final int NEWEST_VERSION = 2;
  private static final long FIRST_SCHEMA = 0;

  static byte[] of(DataSplit split, FileStoreTable lakeTable) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (isChanged(lakeTable)) {
        out.writeByte(NEWEST_VERSION);
        out.writeLong(lakeTable.schema().id());
      } else {
        out.writeByte(UNCHANGED_COLUMNS);
      }
      split.serialize(new DataOutputViewStreamWrapper(out));
    } catch (IOException e) {
      throw PaimonFailure.of("A split of Paimon cannot be described", e);
    }
    return bytes.toByteArray();
  }

  private static boolean isChanged(FileStoreTable lakeTable) {
    return lakeTable.options().keySet().stream().anyMatch(GivenColumns::isOption);
  }

  static SplitBytes read(byte[] description) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(description))) {
      int version = in.readByte();
      if (version < UNCHANGED_COLUMNS || version > NEWEST_VERSION) {
        throw new FlussException(
            "A split of Paimon is described in version "
                + version
                + ", and this version reads "
                + UNCHANGED_COLUMNS
                + " to "
                + NEWEST_VERSION
                + " only. Use a version that is at least as new as the one of the checkpoint.");
      }
      long schemaId = version == UNCHANGED_COLUMNS ? FIRST_SCHEMA : in.readLong();
      return new SplitBytes(DataSplit.deserialize(new DataInputViewStreamWrapper(in)), schemaId);
    } catch (IOException e) {
      throw PaimonFailure.of("A split of Paimon cannot be read", e);
    }
  }

  /** The lake table with the columns that it had when the split was planned. */
  FileStoreTable planned(FileStoreTable lakeTable) {
    if (lakeTable.schema().id() == schemaId || schemaId == FIRST_SCHEMA && !isChanged(lakeTable)) {
      return lakeTable;
    }
    SchemaManager schemas = new SchemaManager(lakeTable.fileIO(), lakeTable.location());
    return lakeTable.copy(schemas.schema(schemaId));
  }
}
