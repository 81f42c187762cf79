package io.fluss.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinksTest {

  private static final Path ROOT = Path.of(System.getProperty("fluss.root"));

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)");
  private static final Pattern CODE = Pattern.compile("(?ms)^\\s*```.*?^\\s*```|`[^`\\n]*`");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*|#.*");

  @Test
  void everyLocalLinkOfThePagesIsAFile() throws IOException {
    // Given
    List<Path> pages = pages();

    // When
    List<String> broken = pages.stream().flatMap(page -> brokenLinks(page).stream()).toList();

    // Then
    assertThat(pages).contains(ROOT.resolve("README.md"), ROOT.resolve("docs/README.md"));
    assertThat(broken).isEmpty();
  }

  /** Of the root directory and all below docs. */
  private static List<Path> pages() throws IOException {
    try (Stream<Path> root = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(root, docs).filter(p -> p.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static List<String> brokenLinks(Path page) {
    List<String> broken = new ArrayList<>();
    Matcher link = LINK.matcher(CODE.matcher(read(page)).replaceAll(""));
    while (link.find()) {
      String target = link.group(1);
      if (!ELSEWHERE.matcher(target).matches()
          && !Files.exists(page.resolveSibling(target.replaceFirst("#.*", "")))) {
        broken.add(ROOT.relativize(page) + ": " + target);
      }
    }
    return broken;
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
