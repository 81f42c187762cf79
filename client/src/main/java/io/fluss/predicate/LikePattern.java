package io.fluss.predicate;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.annotation.Nullable;

/**
 * A pattern of SQL's LIKE, as Flink reads it: {@code %} stands for any characters, {@code _} for
 * any one but the end of a line. Immutable.
 */
final class LikePattern implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What bytes that are not UTF-8 are read as. */
  private static final int REPLACEMENT = 0xfffd;

  private final String text;
  @Nullable private final Character escape;
  private final Pattern regex;
  private final Bytes start;
  private final LikeRest tail;

  private LikePattern(
      String text, @Nullable Character escape, Pattern regex, Bytes start, LikeRest tail) {
    this.text = text;
    this.escape = escape;
    this.regex = regex;
    this.start = start;
    this.tail = tail;
  }

  /**
   * @param escape null where no character is one
   * @throws IllegalArgumentException where the escape is followed by another character than {@code
   *     %}, {@code _} and itself
   */
  static LikePattern of(String text, @Nullable Character escape) {
    StringBuilder regex = new StringBuilder();
    StringBuilder start = new StringBuilder();
    LikeRest tail = LikeRest.NOTHING;
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      boolean escaped = escape != null && characters[i] == escape;
      if (escaped) {
        i++;
        requireEscapable(text, escape, i < characters.length ? characters[i] : -1);
      }
      String character = Character.toString(characters[i]);
      if (!escaped && characters[i] == '%') {
        regex.append("(?s:.*)");
        boolean ends = tail == LikeRest.NOTHING && i == characters.length - 1;
        tail = ends ? LikeRest.ANYTHING : LikeRest.OTHER;
      } else if (!escaped && characters[i] == '_') {
        regex.append('.');
        tail = LikeRest.OTHER;
      } else {
        regex.append(Pattern.quote(character));
        if (!hasOneForm(characters[i])) {
          tail = LikeRest.OTHER;
        } else if (tail == LikeRest.NOTHING) {
          start.append(character);
        }
      }
    }
    Bytes startBytes = new Bytes(start.toString().getBytes(StandardCharsets.UTF_8));
    return new LikePattern(text, escape, Pattern.compile(regex.toString()), startBytes, tail);
  }

  private static void requireEscapable(String text, char escape, int character) {
    if (character != '%' && character != '_' && character != escape) {
      throw new IllegalArgumentException(
          "Cannot use the LIKE pattern "
              + Domain.quoted(text)
              + ": behind the escape '"
              + escape
              + "' is something else than '%', '_' or the escape itself.");
    }
  }

  /** Whether a character is read from one sequence of bytes only. */
  private static boolean hasOneForm(int character) {
    return character != REPLACEMENT
        && (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE);
  }

  /** What every string that matches begins with. */
  Bytes start() {
    return start;
  }

  LikeRest rest() {
    return tail;
  }

  boolean matches(String value) {
    return regex.matcher(value).matches();
  }

  /** Whether a string of the range may match. */
  boolean canMatch(ValueRange range) {
    if (tail == LikeRest.NOTHING) {
      return Operator.EQUAL.canHold(range, start);
    }
    boolean strings = range.reachesDownTo(start) || startsAs(range.min());
    return strings && range.reachesUpTo(start);
  }

  /** Whether a string of the range may not match. */
  boolean canFail(ValueRange range) {
    return switch (tail) {
      case NOTHING -> Operator.NOT_EQUAL.canHold(range, start);
      case ANYTHING -> !startsAs(range.min()) || !startsAs(range.max());
      case OTHER -> true;
    };
  }

  private boolean startsAs(@Nullable Comparable<?> value) {
    return value instanceof Bytes bytes && bytes.startsWith(start);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LikePattern that
        && text.equals(that.text)
        && Objects.equals(escape, that.escape);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, escape);
  }

  /** As SQL writes it, behind LIKE. */
  @Override
  public String toString() {
    return Domain.quoted(text)
        + (escape == null ? "" : " ESCAPE " + Domain.quoted(escape.toString()));
  }
}
