package io.fluss.client.lookup;

import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;

/** The rows that a lookup found. Immutable; rows may be kept. */
@PublicEvolving
public final class LookupResult {

  static final LookupResult NOTHING = new LookupResult(List.of());

  private final List<RowData> rows;

  LookupResult(List<RowData> rows) {
    this.rows = List.copyOf(rows);
  }

  /** All of them, in the order of their keys. */
  public List<RowData> getRowList() {
    return rows;
  }

  /**
   * The only one; null where there is none.
   *
   * @throws IllegalStateException where there are several, as a lookup by a prefix may find
   */
  @Nullable
  public RowData getSingletonRow() {
    if (rows.size() > 1) {
      throw new IllegalStateException(
          "The lookup found " + rows.size() + " rows; call getRowList() for them.");
    }
    return rows.isEmpty() ? null : rows.get(0);
  }

  @Override
  public String toString() {
    return "LookupResult" + rows;
  }
}
