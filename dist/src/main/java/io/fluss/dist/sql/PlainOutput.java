package io.fluss.dist.sql;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Passes everything on but colour codes ({@code ESC [ ... m}), which Flink's client writes whether
 * or not a terminal listens. Closing it leaves the stream behind it open, which is its owner's to
 * close.
 */
final class PlainOutput extends OutputStream {

  private static final int ESCAPE = 0x1b;

  private final PrintStream out;

  /** The start of what may become a colour code; always a prefix of one. */
  private final byte[] held = new byte[32];

  private int heldLength;

  PlainOutput(PrintStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    if (heldLength > 1 && b == 'm') {
      heldLength = 0;
    } else if (continuesCode(b)) {
      held[heldLength++] = (byte) b;
    } else {
      release();
      if (b == ESCAPE) {
        held[heldLength++] = (byte) b;
      } else {
        out.write(b);
      }
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    release();
    flush();
  }

  private boolean continuesCode(int b) {
    return switch (heldLength) {
      case 0 -> b == ESCAPE;
      case 1 -> b == '[';
      default -> heldLength < held.length && (b == ';' || (b >= '0' && b <= '9'));
    };
  }

  private void release() {
    out.write(held, 0, heldLength);
    heldLength = 0;
  }
}
