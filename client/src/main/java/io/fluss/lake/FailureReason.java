package io.fluss.lake;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a failure of somebody else's code says, for people: lake formats wrap the reason several
 * times, and some exceptions say no more than the name of a file. Pure functions.
 */
public final class FailureReason {

  private FailureReason() {}

  /** What the outermost failure says that has words of its own, and what the innermost one does. */
  public static String of(Throwable failure) {
    Throwable outer = failure;
    while (outer.getCause() != null && hasNoWords(outer)) {
      outer = outer.getCause();
    }
    Throwable root = outer;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String first = said(outer);
    String last = said(root);
    return root == outer || first.contains(last) ? first : first + ": " + last;
  }

  /** Whether it repeats its cause, class and all, or is silent. */
  private static boolean hasNoWords(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.equals(failure.getCause().toString());
  }

  private static String said(Throwable failure) {
    if (failure instanceof FileSystemException ofFile && ofFile.getFile() != null) {
      return said(ofFile);
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private static String said(FileSystemException failure) {
    String file = "'" + failure.getFile() + "'";
    if (failure instanceof FileAlreadyExistsException) {
      return Files.isRegularFile(Path.of(failure.getFile()))
          ? file + " is a file, and has to be a directory"
          : file + " exists already";
    }
    if (failure instanceof AccessDeniedException) {
      return file + " may not be accessed";
    }
    if (failure instanceof NoSuchFileException) {
      return file + " does not exist";
    }
    return failure.getReason() == null ? failure.getMessage() : file + ": " + failure.getReason();
  }
}
