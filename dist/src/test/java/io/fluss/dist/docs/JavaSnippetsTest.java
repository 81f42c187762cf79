package io.fluss.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Java of the pages that names a program is a part of it, and so compiles and runs. */
class JavaSnippetsTest {

  private static final Path ROOT = Path.of(System.getProperty("fluss.root"));
  private static final Path PROGRAMS =
      ROOT.resolve("docs/examples/src/main/java/io/fluss/examples");

  private static final Pattern SNIPPET = Pattern.compile("(?s)```java\n// (\\w+\\.java)\n(.*?)```");

  @Test
  void snippetsAreOfTheProgramsThatTheyName() throws IOException {
    // Given
    String page = Files.readString(ROOT.resolve("docs/datastream.md"));
    List<MatchResult> snippets = SNIPPET.matcher(page).results().toList();

    // Then
    assertThat(snippets).hasSizeGreaterThan(2);
    for (MatchResult snippet : snippets) {
      String program = Files.readString(PROGRAMS.resolve(snippet.group(1)));
      assertThat(withoutSpace(program))
          .as(snippet.group(1))
          .contains(withoutSpace(snippet.group(2)));
    }
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s", "");
  }
}
