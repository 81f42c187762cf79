package io.fluss.dist.sql;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.apache.flink.table.client.cli.Printer;
import org.apache.flink.table.client.cli.TerminalUtils;
import org.apache.flink.table.client.gateway.StatementResult;
import org.apache.flink.table.utils.print.PrintStyle;
import org.jline.terminal.Terminal;

/**
 * Runs the statements of a script in order and prints them with their results, as Flink's client
 * does but without colours, and stops at the first that fails.
 *
 * <p>Flink's own loop tells nobody of a failure and takes an unfinished last statement for the end
 * of the file, so the loop is ours; executing and printing are Flink's.
 */
public final class ScriptRunner {

  private final SqlSession session;
  private final PrintStream out;

  /** Results go to {@code out}. */
  public ScriptRunner(SqlSession session, PrintStream out) {
    this.session = session;
    this.out = out;
  }

  /**
   * Runs to the end of the script or to {@code QUIT}.
   *
   * @throws StatementFailure for the first statement that fails, while planned or while its result
   *     is read
   */
  public void run(SqlScript script) throws StatementFailure {
    try (Terminal terminal = TerminalUtils.createDumbTerminal(new PlainOutput(out))) {
      for (SqlScript.Statement statement : script.statements()) {
        if (statement.isQuit()) {
          return;
        }
        out.println("Flink SQL> " + statement.shownText() + ";");
        out.flush();
        execute(script, statement, terminal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close the script's output", e);
    }
  }

  private void execute(SqlScript script, SqlScript.Statement statement, Terminal terminal)
      throws StatementFailure {
    long start = System.currentTimeMillis();
    try (StatementResult result = session.execute(statement.text());
        Printer printer =
            Printer.createStatementCommandPrinter(result, session.configuration(), start)) {
      if (statement.resultIsText()) {
        PrintStyle.rawContent(result.getRowDataToStringConverter())
            .print(result, terminal.writer());
      } else {
        printer.print(terminal);
      }
      terminal.flush();
    } catch (RuntimeException e) {
      throw new StatementFailure(script, statement, e);
    }
  }
}
