package io.fluss.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java of the pages that names a program is a part of it, and so compiles and runs. */
class JavaSnippetsTest {

  private static final Path ROOT = Path.of(System.getProperty("fluss.root"));
  private static final Path PROGRAMS =
      ROOT.resolve("docs/examples/src/main/java/io/fluss/examples");

  private static final Pattern SNIPPET = Pattern.compile("(?s)```java\n// (\\w+\\.java)\n(.*?)```");

  @ParameterizedTest
  @CsvSource({"docs/datastream.md, 3", "docs/java-client.md, 2"})
  void snippetsAreOfTheProgramsThatTheyName(String name, int atLeast) throws IOException {
    // Given
    String page = Files.readString(ROOT.resolve(name));
    List<MatchResult> snippets = SNIPPET.matcher(page).results().toList();

    // Then: whatever Java it shows is a part of a program, or a program
    assertThat(snippets).hasSizeGreaterThanOrEqualTo(atLeast);
    assertThat(page.split("```java\n", -1).length - 1 - snippets.size())
        .as("Java that names no program")
        .isEqualTo(page.split("```java\npackage ", -1).length - 1);
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
