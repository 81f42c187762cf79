package io.fluss.lake;

/**
 * Writes a range of one bucket into files that nobody sees before a {@link LakeCommitter} commits
 * them. One thread.
 */
public interface LakeWriter extends AutoCloseable {

  /**
   * Ends the writing, once.
   *
   * @return what the committer needs of it, in a versioned form of the format's own; it may go to
   *     another process of the same version
   */
  byte[] finish();

  /** Bytes of the files so far, as far as is known. */
  long bytesWritten();

  /** Ends it; what was written and not finished is deleted. */
  @Override
  void close();
}
