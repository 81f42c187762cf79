package io.fluss.lake;

import io.fluss.table.TableInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A lake of one format, with a table {@code db.t} for each table {@code db.t} that is kept in it.
 * Thread-safe; what it opens is for one thread each, and is closed by whoever asked for it.
 *
 * <p>Every method that is given a table refuses a lake table of another table, which is one that
 * was created with another table id: a table that was dropped and created again never shows or
 * extends the rows of its predecessor.
 *
 * <p>What fails, fails with a {@link io.fluss.FlussException} that names the table and the reason,
 * and no secret.
 */
public interface LakeStorage extends AutoCloseable {

  /**
   * Makes sure that the lake table exists: columns as {@link LakeSchema} says, the primary key, the
   * partition keys, buckets, and the options under the format's prefix. Can be repeated, also by
   * several clients at once.
   *
   * <p>A lake table that has the columns of an earlier schema version follows, in one commit; rows
   * that are there keep their values, see {@link LakeColumnChange}. One that has those of a later
   * version stays as it is, and cannot be written to with this one.
   *
   * <p>A lake table of this name that holds no snapshot is taken over where its columns, keys and
   * partitioning are the same; others are refused, with what differs and what to do.
   */
  void createTable(TableInfo table);

  /**
   * The newest snapshot, with the offsets of the newest commit of ours that it contains. Snapshots
   * that others have made since (a compaction, for instance) are part of it and change no offsets.
   *
   * @return empty where nothing was committed yet, also where the lake table does not exist
   * @throws io.fluss.FlussException where the lake table has snapshots, and none that tells offsets
   *     can be found although there was one: what is in the lake is then unknown
   */
  Optional<LakeSnapshot> latestSnapshot(TableInfo table);

  /**
   * For a range of a bucket of a log table.
   *
   * @throws io.fluss.FlussException where the lake table has other columns, also for upserters and
   *     commits
   */
  LakeAppender appender(TableInfo table, LakeBucket bucket);

  /**
   * For the net changes of a range of a bucket of a primary-key table.
   *
   * @param temporaryDirectory exists, for what does not fit into memory
   */
  LakeUpserter upserter(TableInfo table, LakeBucket bucket, Path temporaryDirectory);

  /** For what appenders and upserters have written. */
  LakeCommitter committer(TableInfo table);

  /**
   * Cuts a read of a snapshot into splits. The table and the lake table may have columns of
   * different schema versions here and in {@link #reader}, see {@link LakeShape}.
   *
   * <p>A split holds rows of one partition, and of one bucket where the format can tell: then
   * {@link LakeSplit#bucket} says which. The rows of a primary key are all in one split, or in
   * several only where each row is current: a split can be read alone.
   *
   * @param snapshot from {@link #latestSnapshot}; still there
   */
  List<LakeSplit> plan(TableInfo table, LakeSnapshot snapshot, LakeRead read);

  /**
   * Reads a split of {@link #plan}, with the same condition. The columns may be others: which ones
   * a read needs can turn out after it was planned.
   */
  LakeReader reader(TableInfo table, LakeRead read, LakeSplit split);

  @Override
  void close();
}
