package io.fluss.client.lookup;

import io.fluss.typed.ObjectToRow;
import io.fluss.typed.RowToObject;
import io.fluss.typed.UnfitValueException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;

/** As {@link Lookuper}, with keys and rows as objects of a class. */
@PublicEvolving
public final class TypedLookuper<T> implements AutoCloseable {

  private final Lookuper lookuper;
  private final ObjectToRow<T> keys;
  private final int[] keyPositions;
  private final RowToObject<T> objects;

  /**
   * @param keys makes rows of the table with the lookup's columns
   * @param keyPositions of these columns in the table
   */
  TypedLookuper(
      Lookuper lookuper, ObjectToRow<T> keys, int[] keyPositions, RowToObject<T> objects) {
    this.lookuper = lookuper;
    this.keys = keys;
    this.keyPositions = keyPositions;
    this.objects = objects;
  }

  /**
   * Looks up the rows of a key.
   *
   * @param lookupKey of which only the columns of the lookup are looked at
   * @return empty where there are none, several where the lookup is by a prefix. Fails as {@link
   *     Lookuper#lookup}
   */
  public CompletableFuture<List<T>> lookup(T lookupKey) {
    RowData key;
    try {
      key = ProjectedRowData.from(keyPositions).replaceRow(keys.row(lookupKey));
    } catch (UnfitValueException e) {
      return CompletableFuture.failedFuture(e);
    }
    return lookuper
        .lookup(key)
        .thenApply(found -> found.getRowList().stream().map(objects::read).toList());
  }

  @Override
  public void close() {
    lookuper.close();
  }
}
