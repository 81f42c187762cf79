package io.fluss.dist.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The usage text; {@code bin/fluss} prints the same file when there is nothing to run. */
public final class Usage {

  private static final String RESOURCE = "/io/fluss/dist/usage.txt";

  private Usage() {}

  /** The whole text, with a line end. */
  public static String text() {
    try (InputStream in = Usage.class.getResourceAsStream(RESOURCE)) {
      return new String(
          Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the usage text " + RESOURCE, e);
    }
  }
}
