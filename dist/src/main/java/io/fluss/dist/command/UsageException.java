package io.fluss.dist.command;

/** The arguments make no sense; the message says which and why. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong with the arguments. */
  public UsageException(String message) {
    super(message);
  }
}
