package io.fluss.client.scan;

import io.fluss.typed.RowToObject;
import java.time.Duration;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CloseableIterator;

/**
 * As {@link BatchScanner}, with rows as objects of a class, which are made as they are asked for.
 */
@PublicEvolving
public final class TypedBatchScanner<T> implements AutoCloseable {

  private final BatchScanner scanner;
  private final RowToObject<T> objects;

  TypedBatchScanner(BatchScanner scanner, RowToObject<T> objects) {
    this.scanner = scanner;
    this.objects = objects;
  }

  /** See {@link BatchScanner#pollBatch}. */
  @Nullable
  public CloseableIterator<T> pollBatch(Duration timeout) {
    CloseableIterator<RowData> rows = scanner.pollBatch(timeout);
    return rows == null ? null : new Objects<>(rows, objects);
  }

  @Override
  public void close() {
    scanner.close();
  }

  private record Objects<T>(CloseableIterator<RowData> rows, RowToObject<T> objects)
      implements CloseableIterator<T> {

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public T next() {
      return objects.read(rows.next());
    }

    @Override
    public void close() {}
  }
}
