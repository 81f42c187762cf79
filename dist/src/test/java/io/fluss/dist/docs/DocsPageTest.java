package io.fluss.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DocsPageTest {

  @Test
  void keepsTheLinesOfSqlBlocksWhereTheyAre() {
    // When
    DocsPage page =
        DocsPage.parse(
            "p.md",
            """
            # Title
            ```sql
            SELECT 1;
            ```

            ```
            | 1 |
            ```
            Text.
            ```
            not output
            ```
            <!-- not run: never ends -->
            ```sql
            SELECT 2;
            ```
            ```sql
            SELECT 3;
            ```
            """);

    // Then
    assertThat(page.script().lines().toList())
        .hasSize(19)
        .satisfies(lines -> assertThat(lines.get(2)).isEqualTo("SELECT 1;"))
        .satisfies(lines -> assertThat(lines.get(17)).isEqualTo("SELECT 3;"))
        .filteredOn(line -> !line.isEmpty())
        .hasSize(2);
    assertThat(page.output()).containsExactly("| 1 |");
  }

  @Test
  void refusesAMarkWithoutAReason() {
    assertThatThrownBy(() -> DocsPage.parse("p.md", "\n<!-- not run: -->\n```sql\n```\n"))
        .hasMessage(
            "p.md:2 says that a block is not run, but not why. Write: <!-- not run: reason -->");
  }

  @Test
  void refusesAMarkWithoutABlock() {
    assertThatThrownBy(() -> DocsPage.parse("p.md", "<!-- not run: slow -->\nText.\n"))
        .hasMessageStartingWith("p.md:2 follows '<!-- not run -->', but is no SQL block.");
  }
}
