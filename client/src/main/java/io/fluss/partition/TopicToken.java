package io.fluss.partition;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A text as a part of a topic's name, and back: letters, digits and '-' stay, any other byte of its
 * UTF-8 form is '_' and two hexadecimal digits, no text at all is '_'.
 *
 * <p>So no part begins with "__", which is kept for topics that are no partitions, and none holds a
 * '.', which separates the parts. Pure functions.
 */
final class TopicToken {

  private static final String EMPTY = "_";
  private static final String HEX = "0123456789abcdef";

  private TopicToken() {}

  /** Whether a text is valid Unicode, all of whose texts are possible. */
  static boolean isPossible(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /**
   * The part of a topic's name.
   *
   * @throws IllegalArgumentException where the text is no valid Unicode
   */
  static String escape(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    StringBuilder token = new StringBuilder(text.length() + 8);
    ByteBuffer bytes = utf8(text);
    while (bytes.hasRemaining()) {
      int b = bytes.get() & 0xFF;
      if (isPlain(b)) {
        token.append((char) b);
      } else {
        token.append('_').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 0xF));
      }
    }
    return token.toString();
  }

  private static ByteBuffer utf8(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it holds half of a surrogate pair: no valid Unicode", e);
    }
  }

  /** The text; empty where no text is escaped to this. */
  static Optional<String> unescape(String token) {
    if (token.equals(EMPTY)) {
      return Optional.of("");
    }
    ByteBuffer bytes = ByteBuffer.allocate(token.length());
    int i = 0;
    while (i < token.length()) {
      char c = token.charAt(i);
      if (isPlain(c)) {
        bytes.put((byte) c);
        i++;
      } else {
        int value = c == '_' && i + 2 < token.length() ? hex(token, i + 1) : -1;
        if (value < 0 || isPlain(value)) {
          return Optional.empty();
        }
        bytes.put((byte) value);
        i += 3;
      }
    }
    return token.isEmpty() ? Optional.empty() : text(bytes.flip());
  }

  private static Optional<String> text(ByteBuffer utf8) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(utf8)
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static int hex(String token, int at) {
    int high = HEX.indexOf(token.charAt(at));
    int low = HEX.indexOf(token.charAt(at + 1));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static boolean isPlain(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
  }
}
