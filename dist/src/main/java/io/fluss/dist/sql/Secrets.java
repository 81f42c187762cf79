package io.fluss.dist.sql;

import io.fluss.kafka.SecretOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides secrets in statements that are shown. Pure functions. */
final class Secrets {

  private static final String LITERAL = "'([^']*+(?:''[^']*+)*+)'";
  private static final Pattern OPTION = Pattern.compile(LITERAL + "(\\s*=\\s*)" + LITERAL);
  private static final String HIDDEN = SecretOptions.HIDDEN;

  private static final String OPTION_OF_CATALOG = "option:";

  private Secrets() {}

  /**
   * The text with the values of secret options ({@code 'key' = 'value'}) replaced, see {@link
   * SecretOptions}.
   */
  static String hidden(String text) {
    return OPTION
        .matcher(text)
        .replaceAll(
            option ->
                Matcher.quoteReplacement(
                    SecretOptions.isSecret(option.group(1))
                        ? "'" + option.group(1) + "'" + option.group(2) + "'" + HIDDEN + "'"
                        : option.group()));
  }

  /** The options that a statement sets, {@code 'key' = 'value'}. */
  static Map<String, String> options(String statement) {
    Map<String, String> options = new HashMap<>();
    Matcher option = OPTION.matcher(statement);
    while (option.find()) {
      options.put(unquoted(option.group(1)), unquoted(option.group(3)));
    }
    return options;
  }

  private static String unquoted(String literal) {
    return literal.replace("''", "'");
  }

  /**
   * The cells of a row with secrets replaced: in options that a cell quotes, and where a row is a
   * key and its value.
   *
   * @param keyAndValue whether each is; if not, those are that Flink describes catalogs by ({@code
   *     option:key})
   */
  static String[] hidden(String[] row, boolean keyAndValue) {
    String[] shown = new String[row.length];
    for (int i = 0; i < row.length; i++) {
      boolean secret =
          i > 0
              && row[i - 1] != null
              && (keyAndValue || row[i - 1].startsWith(OPTION_OF_CATALOG))
              && SecretOptions.isSecret(row[i - 1]);
      shown[i] = secret ? HIDDEN : row[i] == null ? null : hidden(row[i]);
    }
    return shown;
  }
}
