package io.fluss.lake;

import io.fluss.FlussException;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;

/**
 * A file of a snapshot that is being read is not there any more: most likely the snapshot has
 * expired since the read began. No later try finds it.
 */
public final class LakeFileGoneException extends FlussException {

  private static final long serialVersionUID = 1L;

  private LakeFileGoneException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * @param table its name
   * @param keptLonger the option of the table that keeps snapshots for longer
   * @param cause what says that the file is missing
   */
  public static LakeFileGoneException of(String table, String keptLonger, Throwable cause) {
    return new LakeFileGoneException(
        "Lake table '"
            + table
            + "' cannot be read on: a file of the snapshot that this read began with is gone. The"
            + " snapshot has expired, or somebody has deleted the file: "
            + cause.getMessage()
            + " Start the read anew, without its old state. To read for longer, keep snapshots for"
            + " longer, with '"
            + keptLonger
            + "' in ALTER TABLE ... SET.",
        cause);
  }

  /** Whether a failure, or what is behind it, is that there is no such file. */
  public static boolean isReasonOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
        return true;
      }
    }
    return false;
  }
}
