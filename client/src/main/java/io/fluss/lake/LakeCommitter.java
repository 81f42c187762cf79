package io.fluss.lake;

import java.util.List;

/** Commits what writers have finished with. One thread. */
public interface LakeCommitter extends AutoCloseable {

  /**
   * Makes files visible together, in one snapshot that carries new offsets, if and only if the lake
   * table still carries the offsets that this round began with. That is checked by the very
   * operation that puts the snapshot in place, so of two rounds that began with the same offsets
   * one succeeds at most, however late the other one comes.
   *
   * @param written from {@link LakeWriter#finish}, all of which may hold no row; none where a range
   *     held no rows, and then the snapshot has new offsets and the rows of the one before it
   * @param from what the round began with: those of {@link LakeStorage#latestSnapshot}, {@link
   *     LakeOffsets#NONE} where there was no snapshot
   * @param to what the lake has of the log with this commit
   * @return the snapshot
   * @throws LakeConflictException where the lake table carries other offsets than {@code from};
   *     nothing was committed
   * @throws io.fluss.FlussException where somebody else has changed files that the round builds on,
   *     or the lake does not answer; nothing was committed, and the next round does it again
   * @throws LakeCommitUnknownException where it may or may not have been committed; {@link
   *     LakeStorage#latestSnapshot} tells, and the files must not be touched before that
   */
  LakeSnapshot commit(List<byte[]> written, LakeOffsets from, LakeOffsets to);

  /** How many files there are, of rows and of deletes. */
  int files(List<byte[]> written);

  /**
   * Deletes files that were not committed, as far as they can be reached; also where the columns of
   * the lake table have changed since they were written.
   */
  void abort(List<byte[]> written);

  /**
   * Looks after the lake table when a commit has succeeded: compaction where {@code
   * table.datalake.auto-compaction} asks for it and the writers have not done it, expiry of old
   * snapshots where {@code table.datalake.auto-expire-snapshot} does. Nothing of the round depends
   * on it; what fails is the caller's to log. The newest offsets outlive it, be it that the
   * snapshot that tells them never expires or that they are kept elsewhere too.
   */
  void maintain();

  @Override
  void close();
}
