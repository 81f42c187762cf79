package io.fluss.client.lookup;

import io.fluss.client.pojo.RowConverter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;

/** As {@link Lookuper}, with keys and rows as objects of a class. */
@PublicEvolving
public final class TypedLookuper<T> implements AutoCloseable {

  private final Lookuper lookuper;
  private final RowConverter<T> rows;
  private final int[] keyPositions;

  /**
   * @param keyPositions of the lookup's columns in the table
   */
  TypedLookuper(Lookuper lookuper, RowConverter<T> rows, int[] keyPositions) {
    this.lookuper = lookuper;
    this.rows = rows;
    this.keyPositions = keyPositions;
  }

  /**
   * Looks up the rows of a key.
   *
   * @param lookupKey of which only the columns of the lookup are looked at
   * @return empty where there are none, several where the lookup is by a prefix. Fails as {@link
   *     Lookuper#lookup}
   */
  public CompletableFuture<List<T>> lookup(T lookupKey) {
    RowData key = ProjectedRowData.from(keyPositions).replaceRow(rows.toRow(lookupKey));
    return lookuper
        .lookup(key)
        .thenApply(found -> found.getRowList().stream().map(rows::fromRow).toList());
  }

  @Override
  public void close() {
    lookuper.close();
  }
}
