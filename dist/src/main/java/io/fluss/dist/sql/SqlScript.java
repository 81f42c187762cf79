package io.fluss.dist.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A SQL file cut into statements at semicolons, those in quotes and comments left alone.
 *
 * <p>The only statement with semicolons inside is a statement set ({@code EXECUTE STATEMENT SET
 * BEGIN ...; ...; END;}); {@code BEGIN STATEMENT SET;} ends at its own semicolon.
 *
 * @param name what messages call the script
 * @param statements in the order of the file
 */
public record SqlScript(String name, List<Statement> statements) {

  /** Keeps the statements as they are. */
  public SqlScript {
    statements = List.copyOf(statements);
  }

  /**
   * A statement without its semicolon.
   *
   * @param line where it begins, counted from 1
   * @param text never blank
   */
  public record Statement(int line, String text) {

    private static final Pattern TEXT_RESULT =
        Pattern.compile("(EXPLAIN|SHOW\\s+CREATE)\\b", Pattern.CASE_INSENSITIVE);

    /** The text for people to see: without secrets. */
    String shownText() {
      return Secrets.hidden(text);
    }

    /** Whether the script ends here, as it would at the prompt. */
    boolean isQuit() {
      String word = text.toUpperCase(Locale.ROOT);
      return word.equals("QUIT") || word.equals("EXIT");
    }

    /** Whether the answer is a text of many lines, which a table with one cell would only hide. */
    boolean resultIsText() {
      return TEXT_RESULT.matcher(text).lookingAt();
    }
  }

  /**
   * Cuts a script.
   *
   * @throws IllegalArgumentException if a quote, a comment or a statement set is left open
   */
  public static SqlScript parse(String name, String content) {
    return new SqlScript(name, new Cutter(name, content).cut());
  }

  /** One pass over the characters. */
  private static final class Cutter {

    private static final String OPEN_SET = "STATEMENT SET BEGIN";

    private final String name;
    private final String content;
    private final List<Statement> statements = new ArrayList<>();
    private int at;
    private int line = 1;
    private int start = -1;
    private int startLine;

    /** The words of the statement so far, in upper case, quotes and comments left out. */
    private final StringBuilder words = new StringBuilder();

    Cutter(String name, String content) {
      this.name = name;
      this.content = content;
    }

    List<Statement> cut() {
      while (at < content.length()) {
        char c = content.charAt(at);
        if (content.startsWith("--", at)) {
          skipTo("\n", false);
        } else if (content.startsWith("/*", at) && !content.startsWith("/*+", at)) {
          skipTo("*/", true);
        } else if (c == '\'' || c == '"' || c == '`') {
          begin();
          at++;
          skipTo(String.valueOf(c), true);
        } else if (c == ';' && !insideStatementSet()) {
          end();
        } else {
          plain(c);
        }
      }
      end();
      if (insideStatementSet()) {
        throw unfinished("statement set", "END;", startLine);
      }
      return statements;
    }

    private void plain(char c) {
      if (Character.isWhitespace(c)) {
        space();
      } else {
        begin();
        if (c == ';') {
          space();
        }
        words.append(Character.toUpperCase(c));
        if (c == ';') {
          space();
        }
      }
      step();
    }

    private void space() {
      if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
        words.append(' ');
      }
    }

    private void begin() {
      if (start < 0) {
        start = at;
        startLine = line;
      }
    }

    private boolean insideStatementSet() {
      int open = words.indexOf(OPEN_SET);
      return open > 0 && !words.toString().stripTrailing().endsWith("; END");
    }

    private void end() {
      if (start >= 0 && !insideStatementSet()) {
        statements.add(new Statement(startLine, content.substring(start, at).strip()));
        start = -1;
        words.setLength(0);
      }
      step();
    }

    private void skipTo(String closing, boolean required) {
      int openedAt = line;
      int found = content.indexOf(closing, closing.equals("*/") ? at + 2 : at);
      if (found < 0 && required) {
        throw unfinished("quote or comment", closing, openedAt);
      }
      int next = found < 0 ? content.length() : found + closing.length();
      while (at < next) {
        step();
      }
      space();
    }

    private void step() {
      if (at < content.length() && content.charAt(at) == '\n') {
        line++;
      }
      at++;
    }

    private IllegalArgumentException unfinished(String what, String closing, int openedAt) {
      return new IllegalArgumentException(
          "Cannot run '%s': the %s that begins at line %d has no end. Close it with: %s"
              .formatted(name, what, openedAt, closing));
    }
  }
}
