package io.fluss.dist.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a Markdown page can be run: its {@code sql} blocks, from top to bottom.
 *
 * <p>A block after {@code <!-- not run: reason -->} is left out. A block without a language that
 * follows a SQL block, with nothing but blank lines between, shows lines of the output.
 *
 * @param script the page with every line blanked that is not run, so that line numbers stay
 * @param output the lines that the page says are in the output, in this order
 */
record DocsPage(String script, List<String> output) {

  private static final Pattern MARK = Pattern.compile("<!--\\s*not run\\b(.*)-->");
  private static final Pattern REASON = Pattern.compile(":\\s+\\S.*");
  private static final String FENCE = "```";

  DocsPage {
    output = List.copyOf(output);
  }

  /**
   * Reads a page.
   *
   * @throws IllegalArgumentException if a mark has no reason or no SQL block after it
   */
  static DocsPage parse(String name, String markdown) {
    StringBuilder script = new StringBuilder();
    List<String> output = new ArrayList<>();
    Block block = Block.TEXT;
    Block previous = Block.TEXT;
    boolean marked = false;
    int number = 0;
    for (String line : markdown.lines().toList()) {
      number++;
      String text = line.strip();
      Matcher mark = MARK.matcher(text);
      if (block != Block.TEXT) {
        if (text.equals(FENCE)) {
          previous = block;
          block = Block.TEXT;
        } else if (block == Block.SQL) {
          script.append(line);
        } else if (block == Block.OUTPUT) {
          output.add(text);
        }
      } else if (text.startsWith(FENCE)) {
        boolean sql = text.equals(FENCE + "sql");
        requireNothingMarked(marked && !sql, name, number);
        if (sql) {
          block = marked ? Block.OTHER : Block.SQL;
        } else {
          block = text.equals(FENCE) && previous == Block.SQL ? Block.OUTPUT : Block.OTHER;
        }
        marked = false;
      } else if (mark.matches()) {
        if (!REASON.matcher(mark.group(1)).lookingAt()) {
          throw new IllegalArgumentException(
              "%s:%d says that a block is not run, but not why. Write: <!-- not run: reason -->"
                  .formatted(name, number));
        }
        marked = true;
      } else if (!text.isEmpty()) {
        requireNothingMarked(marked, name, number);
        previous = Block.TEXT;
      }
      script.append('\n');
    }
    requireNothingMarked(marked, name, number);
    return new DocsPage(script.toString(), output);
  }

  boolean hasSql() {
    return !script.isBlank();
  }

  private static void requireNothingMarked(boolean marked, String name, int number) {
    if (marked) {
      throw new IllegalArgumentException(
          "%s:%d follows '<!-- not run -->', but is no SQL block. Put the mark right before one."
              .formatted(name, number));
    }
  }

  private enum Block {
    TEXT,
    SQL,
    OUTPUT,
    OTHER
  }
}
