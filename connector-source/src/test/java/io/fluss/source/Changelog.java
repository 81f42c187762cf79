package io.fluss.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** What a changelog of a query comes to. */
final class Changelog {

  private Changelog() {}

  /**
   * The rows that are left.
   *
   * @throws AssertionError where a change takes back a row that is not there
   */
  static List<Row> stateOf(List<Row> changes) {
    List<Row> state = new ArrayList<>();
    for (Row change : changes) {
      Row row = Row.copy(change);
      row.setKind(RowKind.INSERT);
      switch (change.getKind()) {
        case INSERT, UPDATE_AFTER -> state.add(row);
        case UPDATE_BEFORE, DELETE -> {
          if (!state.remove(row)) {
            throw new AssertionError("Not there to be taken back: " + change + ", there: " + state);
          }
        }
      }
    }
    return state;
  }
}
