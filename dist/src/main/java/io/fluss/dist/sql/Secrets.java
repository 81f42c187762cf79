package io.fluss.dist.sql;

import io.fluss.kafka.SecretOptions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;

/** Hides secrets in statements that are shown. Pure functions. */
final class Secrets {

  private static final String LITERAL = "'([^']*+(?:''[^']*+)*+)'";
  private static final Pattern OPTION = Pattern.compile(LITERAL + "(\\s*=\\s*)" + LITERAL);
  private static final String HIDDEN = GlobalConfiguration.HIDDEN_CONTENT;

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
}
