package io.fluss.lake.paimon;

import io.fluss.FlussException;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeWriter;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.operation.FileStoreWrite;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.TableWriteImpl;

/**
 * Writes rows of one bucket of a table into files of Paimon.
 *
 * <p>Where a bucket of the table is one of Paimon's, that takes all rows; else each row goes to the
 * bucket that Paimon asks for, since Paimon finds rows by its own function. Paimon compacts
 * meanwhile where the table asks for it and only one writer has the bucket.
 *
 * @param <T> what Paimon writes
 */
abstract class PaimonWriter<T> implements LakeWriter {

  /** What does not fit into it is sorted on disk; Paimon's own default is four times that. */
  private static final String WRITE_BUFFER_SIZE = "64 mb";

  private static final long NO_IDENTIFIER = Long.MAX_VALUE;

  protected final LakeRow lakeRow;
  private final String table;
  private final BinaryRow partition;
  private final boolean bucketOfRow;
  private final int bucket;
  private final TableWriteImpl<T> write;
  private final Set<Long> bases;
  private final FileStoreWrite<T> files;
  private long bytesWritten;

  /**
   * @param bases see {@link WrittenFiles#bases}
   */
  PaimonWriter(TableInfo table, LakeBucket bucket, TableWriteImpl<T> write, Set<Long> bases) {
    this.table = table.path().toString();
    this.lakeRow = new LakeRow(table.rowType().getFieldCount(), bucket.bucket());
    this.partition = new PaimonPartitions(table).of(bucket.partition());
    boolean aligned = PaimonOptions.bucketsAreAligned(table);
    this.bucketOfRow = !aligned && !table.bucketKey().isEmpty();
    this.bucket = aligned ? bucket.bucket() : 0;
    this.write = write;
    this.bases = bases;
    this.files = write.fileStoreWrite();
  }

  /** The lake table for writing. */
  static FileStoreTable forWriting(TableInfo table, FileStoreTable lakeTable) {
    Map<String, String> options = new HashMap<>();
    boolean compacts =
        PaimonOptions.bucketsAreAligned(table)
            && Configuration.fromMap(table.options()).get(TableOptions.DATALAKE_AUTO_COMPACTION);
    options.put(CoreOptions.WRITE_ONLY.key(), String.valueOf(!compacts));
    if (!lakeTable.options().containsKey(CoreOptions.WRITE_BUFFER_SIZE.key())) {
      options.put(CoreOptions.WRITE_BUFFER_SIZE.key(), WRITE_BUFFER_SIZE);
    }
    return lakeTable.copy(options);
  }

  static String newUser() {
    return "fluss-" + UUID.randomUUID();
  }

  /** Writes what Paimon makes of {@link #lakeRow}. */
  final void write(T record) {
    try {
      files.write(partition, bucketOfRow ? write.getBucket(lakeRow) : bucket, record);
    } catch (Exception e) {
      throw failed("written", e);
    }
  }

  private FlussException failed(String what, Exception e) {
    return PaimonFailure.of("Rows of table '" + table + "' cannot be " + what + " for Paimon", e);
  }

  @Override
  public final byte[] finish() {
    try {
      WrittenFiles written = WrittenFiles.of(bases, write.prepareCommit(true, NO_IDENTIFIER));
      bytesWritten = written.bytes();
      return written.toBytes();
    } catch (Exception e) {
      throw failed("written to the end", e);
    }
  }

  /** Known when it is finished. */
  @Override
  public final long bytesWritten() {
    return bytesWritten;
  }

  @Override
  public void close() {
    try {
      write.close();
    } catch (Exception e) {
      throw failed("given up", e);
    }
  }
}
