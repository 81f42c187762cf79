package io.fluss.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published Javadoc, which is that of the classes that say how stable they are. */
class JavadocTest {

  private static final Path ROOT = Path.of(System.getProperty("fluss.root"));

  private static final List<String> MODULES =
      List.of("client", "connector-source", "connector-sink");

  private static final Pattern PUBLISHED =
      Pattern.compile("(?m)^@(Public|PublicEvolving|Experimental)$");

  /** Packages in which each parameter and each result has its tag as well. */
  private static final Pattern IN_FULL =
      Pattern.compile(".*/io/fluss/(source|sink|typed|lineage)/.*");

  private static final Pattern INCLUDE = Pattern.compile("<include>(io/fluss/.*)</include>");

  @TempDir Path pages;

  @Test
  void hasNoWarnings() throws IOException {
    // Given
    List<String> published = published();

    // Then
    assertThat(published).hasSizeGreaterThan(20);
    assertThat(warnings("all,-missing", published)).isEmpty();
  }

  @Test
  void describesTheDataStreamApiInFull() throws IOException {
    // Given
    List<String> published =
        published().stream().filter(f -> IN_FULL.matcher(f).matches()).toList();

    // Then
    assertThat(published).hasSizeGreaterThan(20);
    assertThat(warnings("all", published)).isEmpty();
  }

  /** The profile cannot ask for annotations, so it names the files. */
  @Test
  void ofTheProfileIsThatOfTheSameClasses() throws IOException {
    // Given
    List<PathMatcher> included =
        INCLUDE
            .matcher(Files.readString(ROOT.resolve("pom.xml")))
            .results()
            .map(include -> include.group(1).replace("/**/", "{/,/**/}")) // as Ant means it
            .map(include -> FileSystems.getDefault().getPathMatcher("glob:" + include))
            .toList();

    // When
    List<Path> leftOut =
        published().stream()
            .map(file -> Path.of(file.substring(file.indexOf("/src/main/java/") + 15)))
            .filter(file -> included.stream().noneMatch(i -> i.matches(file)))
            .toList();

    // Then
    assertThat(leftOut).isEmpty();
  }

  private String warnings(String checks, List<String> files) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-quiet",
                "-Xdoclint:" + checks,
                "-Xmaxwarns",
                "1000",
                "-d",
                pages.toString(),
                "-classpath",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))));
    arguments.addAll(files);
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    ToolProvider.findFirst("javadoc")
        .orElseThrow()
        .run(writer, writer, arguments.toArray(String[]::new));
    return out.toString();
  }

  private static List<String> published() throws IOException {
    List<String> published = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        files
            .filter(f -> f.toString().endsWith(".java") && PUBLISHED.matcher(read(f)).find())
            .map(Path::toString)
            .forEach(published::add);
      }
    }
    return published;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
