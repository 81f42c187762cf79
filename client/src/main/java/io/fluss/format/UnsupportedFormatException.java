package io.fluss.format;

/**
 * Stored bytes are sound but need a newer reader: an unknown version, body kind or required field.
 * The message names what was met and what is supported here.
 */
public final class UnsupportedFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnsupportedFormatException(String message) {
    super(message);
  }
}
