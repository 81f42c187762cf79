package io.fluss.dist.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.dist.sql.SqlScript.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {

  @Test
  void cutsAtSemicolonsAndRemembersLines() {
    assertThat(statements("SELECT 1; SELECT 2;\n\n  SELECT\n 3\n"))
        .containsExactly(
            new Statement(1, "SELECT 1"),
            new Statement(1, "SELECT 2"),
            new Statement(3, "SELECT\n 3"));
  }

  @Test
  void leavesQuotesAndCommentsAlone() {
    assertThat(
            statements(
                "-- a; b\n/* c; 'd */ SELECT 'it''s; /* no */', `x;y` -- e;\n FROM t /*+ h('k'='v') */;\n-- end;"))
        .containsExactly(
            new Statement(2, "SELECT 'it''s; /* no */', `x;y` -- e;\n FROM t /*+ h('k'='v') */"));
  }

  @Test
  void keepsAStatementSetTogether() {
    assertThat(
            statements(
                "execute statement set\nbegin\n insert into a select 1;\n insert into b select 2;\nend;\nSELECT 1;"))
        .extracting(Statement::line)
        .containsExactly(1, 6);
  }

  @Test
  void cutsAStatementSetThatIsBuiltStepByStep() {
    assertThat(statements("BEGIN STATEMENT SET;\nINSERT INTO a SELECT 1;\nEND;"))
        .extracting(Statement::text)
        .containsExactly("BEGIN STATEMENT SET", "INSERT INTO a SELECT 1", "END");
  }

  @Test
  void ignoresEmptyStatements() {
    assertThat(statements(";;\n -- nothing\n ;")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT 1;\nSELECT 'open;", "\n/* open;", "\nEXECUTE STATEMENT SET BEGIN\n x;"})
  void refusesAnUnfinishedEnd(String content) {
    assertThatThrownBy(() -> statements(content))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot run 'test.sql'")
        .hasMessageContaining("begins at line 2 has no end. Close it with: ");
  }

  private static List<Statement> statements(String content) {
    return SqlScript.parse("test.sql", content).statements();
  }
}
