package io.fluss.format.arrow;

import io.fluss.format.bytes.LittleEndian;

/** Offsets that were checked to begin at 0 or above and never to fall. */
final class Offsets {
  static final Offsets NONE = new Offsets(new Slice(new byte[Integer.BYTES], 0, Integer.BYTES), 0);

  private final byte[] bytes;
  private final int first;
  private final int last;

  private Offsets(Slice slice, int count) {
    this.bytes = slice.bytes();
    this.first = slice.start();
    this.last = start(count);
  }

  static Offsets read(BodyReader in, int buffer, int count, String path) {
    if (count == 0) {
      return NONE;
    }
    long length = (count + 1L) * Integer.BYTES;
    Offsets offsets = new Offsets(in.buffer(buffer, length, path, "offsets"), count);
    if (offsets.everFall(count)) {
      throw BodyReader.corrupt(path, "its offsets are negative or fall");
    }
    return offsets;
  }

  private boolean everFall(int count) {
    int previous = start(0);
    int signs = previous;
    for (int i = 1; i <= count; i++) {
      int next = start(i);
      signs |= next | next - previous;
      previous = next;
    }
    return signs < 0;
  }

  int start(int index) {
    return LittleEndian.getInt(bytes, first + index * Integer.BYTES);
  }

  int last() {
    return last;
  }
}
