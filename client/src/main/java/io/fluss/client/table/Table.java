package io.fluss.client.table;

import io.fluss.FlussException;
import io.fluss.client.lookup.Lookup;
import io.fluss.client.scan.Scan;
import io.fluss.client.shared.ClientContext;
import io.fluss.client.write.Append;
import io.fluss.client.write.Upsert;
import io.fluss.table.TableInfo;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A table, as it was when it was asked for: whoever wants to see new columns or options asks the
 * connection for it again. Makes what reads and writes it. Immutable, thread-safe and cheap; {@link
 * #close} does nothing, since what it makes is closed by itself.
 */
@PublicEvolving
public final class Table implements AutoCloseable {

  private final TableInfo info;
  private final ClientContext context;

  /** See {@code Connection.getTable}. */
  @Internal
  public Table(TableInfo info, ClientContext context) {
    this.info = info;
    this.context = context;
  }

  /** All that is recorded of it. */
  public TableInfo getTableInfo() {
    return info;
  }

  /** A scan of its rows, to be narrowed down. */
  public Scan newScan() {
    return Scan.of(info, context);
  }

  /**
   * Lookups of rows by the primary key.
   *
   * @throws FlussException where it has none
   */
  public Lookup newLookup() {
    return Lookup.of(info, context);
  }

  /**
   * Writers that append rows.
   *
   * @throws FlussException where it has a primary key
   */
  public Append newAppend() {
    return Append.of(info, context);
  }

  /**
   * Writers that upsert and delete rows.
   *
   * @throws FlussException where it has no primary key
   */
  public Upsert newUpsert() {
    return Upsert.of(info, context);
  }

  /** Does nothing. */
  @Override
  public void close() {}

  @Override
  public String toString() {
    return "Table[" + info.path() + "]";
  }
}
