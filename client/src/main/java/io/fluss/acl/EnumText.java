package io.fluss.acl;

import io.fluss.FlussException;
import java.util.Arrays;
import java.util.List;

/** Reads names of constants as people write them. */
final class EnumText {

  private EnumText() {}

  static <E extends Enum<E>> E parse(Class<E> type, String what, String text) {
    List<E> all = List.of(type.getEnumConstants());
    return all.stream()
        .filter(e -> e.name().equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new FlussException(
                    GrantFilter.isAny(text)
                        ? "'ANY' is for filters; a grant has one " + what + ": " + names(all) + "."
                        : "Unknown "
                            + what
                            + " '"
                            + text
                            + "'. It is one of "
                            + names(all)
                            + "; ANY in filters."));
  }

  private static <E extends Enum<E>> String names(List<E> all) {
    String names = Arrays.toString(all.toArray());
    return names.substring(1, names.length() - 1);
  }
}
