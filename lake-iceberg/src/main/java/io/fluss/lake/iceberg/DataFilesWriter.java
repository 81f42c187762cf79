package io.fluss.lake.iceberg;

import io.fluss.lake.iceberg.parquet.RowParquetWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.iceberg.util.StructLikeUtil;

/**
 * Writes rows of a lake table into Parquet files of the size that the table asks for, one or more
 * for each partition of Iceberg's. One thread.
 *
 * <p>Where rows go to many partitions, the file that was not written to for longest is closed when
 * another one is needed: each open file holds a row group in memory.
 */
final class DataFilesWriter implements Closeable {

  private static final int MAX_OPEN_FILES = 16;

  /** Bytes of row groups in memory where there are several open files, all of them together. */
  private static final int MAX_OPEN_BYTES = 256 << 20;

  /** The size of a file is asked for once in so many rows. */
  private static final int ROWS_PER_LOOK = 1000;

  private final String name;
  private final Table table;
  private final RowType rowType;
  private final Schema schema;
  private final PartitionSpec spec;
  private final OutputFileFactory files;
  private final long targetBytes;
  private final RowStruct struct;
  private final PartitionKey key;
  private final boolean onePartition;
  private final Map<PartitionKey, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);
  private final List<DataFile> closed = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();
  @Nullable private OpenFile current;
  private long closedBytes;
  private boolean finished;

  /**
   * @param name of the table, for messages
   * @param schema the columns of the row type, with the table's ids
   * @param constants columns that have the same value in all rows
   */
  DataFilesWriter(String name, Table table, RowType rowType, Schema schema, Set<String> constants) {
    this.name = name;
    this.table = table;
    this.rowType = rowType;
    this.schema = schema;
    this.spec = table.spec();
    this.files =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PARQUET)
            .operationId(UUID.randomUUID().toString())
            .build();
    this.targetBytes =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    this.struct = new RowStruct(rowType);
    this.key = new PartitionKey(spec, schema);
    this.onePartition =
        spec.fields().stream()
            .allMatch(f -> constants.contains(schema.findColumnName(f.sourceId())));
  }

  /** One file being written. */
  private final class OpenFile {

    private final DataWriter<RowData> writer;
    private long rows;
    private long bytes;

    OpenFile(@Nullable StructLike partition) throws IOException {
      EncryptedOutputFile file =
          partition == null ? files.newOutputFile() : files.newOutputFile(spec, partition);
      begun.add(file.encryptingOutputFile().location());
      Parquet.DataWriteBuilder builder =
          Parquet.writeData(file)
              .forTable(table)
              .schema(schema)
              .withSpec(spec)
              .withPartition(partition)
              .createWriterFunc(type -> RowParquetWriter.of(rowType, type))
              .overwrite();
      if (!onePartition) {
        builder.set(
            TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
            String.valueOf(MAX_OPEN_BYTES / MAX_OPEN_FILES));
      }
      writer = builder.build();
    }

    /** Whether the file is as large as it should be. */
    boolean write(RowData row) {
      writer.write(row);
      if (++rows % ROWS_PER_LOOK == 0) {
        bytes = writer.length();
      }
      return bytes >= targetBytes;
    }
  }

  void write(RowData row) {
    try {
      OpenFile file = current;
      if (!onePartition || file == null) {
        file = fileOf(row);
        current = file;
      }
      if (file.write(row)) {
        close(file);
        open.values().remove(file);
        current = null;
      }
    } catch (IOException | RuntimeException e) {
      throw Failures.of("Data files of lake table '" + name + "' cannot be written", e);
    }
  }

  private OpenFile fileOf(RowData row) throws IOException {
    if (!spec.isUnpartitioned()) {
      key.partition(struct.wrap(row));
    }
    OpenFile found = open.get(key);
    if (found != null) {
      return found;
    }
    if (open.size() >= MAX_OPEN_FILES) {
      Iterator<OpenFile> eldest = open.values().iterator();
      close(eldest.next());
      eldest.remove();
    }
    PartitionKey partition = key.copy();
    OpenFile file = new OpenFile(spec.isUnpartitioned() ? null : StructLikeUtil.copy(partition));
    open.put(partition, file);
    return file;
  }

  private void close(OpenFile file) throws IOException {
    file.writer.close();
    DataFile written = file.writer.toDataFile();
    closed.add(written);
    closedBytes += written.fileSizeInBytes();
  }

  /** Closes all files, once. */
  List<DataFile> finish() {
    try {
      for (OpenFile file : open.values()) {
        close(file);
      }
    } catch (IOException | RuntimeException e) {
      throw Failures.of("Data files of lake table '" + name + "' cannot be finished", e);
    }
    open.clear();
    current = null;
    finished = true;
    return List.copyOf(closed);
  }

  /** Of the files so far; open ones are a little behind. */
  long bytesWritten() {
    long bytes = closedBytes;
    for (OpenFile file : open.values()) {
      bytes += file.bytes;
    }
    return bytes;
  }

  /** Deletes what was not finished. */
  @Override
  public void close() {
    if (finished) {
      return;
    }
    finished = true;
    try {
      for (OpenFile file : open.values()) {
        file.writer.close();
      }
    } catch (IOException | RuntimeException e) {
      // it is deleted below, finished or not
    } finally {
      LakeFiles.delete(table.io(), begun);
    }
  }
}
