package io.fluss.dist.sql;

/** A statement of a script failed; the message names it, the cause says why. */
public final class StatementFailure extends Exception {

  private static final long serialVersionUID = 1L;

  StatementFailure(SqlScript script, SqlScript.Statement statement, Throwable cause) {
    super(
        "Statement at %s:%d failed:%n%s"
            .formatted(
                script.name(), statement.line(), statement.shownText().indent(2).stripTrailing()),
        cause);
  }
}
