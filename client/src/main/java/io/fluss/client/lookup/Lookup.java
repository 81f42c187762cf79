package io.fluss.client.lookup;

import io.fluss.FlussException;
import io.fluss.client.shared.ClientContext;
import io.fluss.client.shared.ConnectionOptions;
import io.fluss.lookup.LookupSettings;
import io.fluss.read.HeapShare;
import io.fluss.table.TableInfo;
import io.fluss.typed.ObjectToRow;
import io.fluss.typed.RowToObject;
import io.fluss.typed.UnfitClassException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/** Says by which columns rows are looked up, and makes lookupers. Immutable, thread-safe. */
@PublicEvolving
public final class Lookup {

  private static final String DEFAULT_DIR = "fluss-lookup";
  private static final long MOST_DEFAULT_MEMORY = 256L << 20;

  private final TableInfo table;
  private final ClientContext context;
  private final LookupColumns columns;

  private Lookup(TableInfo table, ClientContext context, LookupColumns columns) {
    this.table = table;
    this.context = context;
    this.columns = columns;
  }

  /**
   * By the primary key.
   *
   * @throws FlussException where the table has none
   */
  @Internal
  public static Lookup of(TableInfo table, ClientContext context) {
    if (!table.hasPrimaryKey()) {
      throw new FlussException(
          "Cannot look up rows of table '"
              + table.path()
              + "': it has no primary key. Use newScan().");
    }
    return new Lookup(table, context, LookupColumns.of(table, table.primaryKey()));
  }

  /**
   * By other columns: those of the primary key in another order, or the first few of them, if the
   * bucket key is among them, and the partition keys.
   *
   * @param lookupColumns in the order of the key rows
   * @throws FlussException where they do not find rows; names those that would
   */
  public Lookup lookupBy(String... lookupColumns) {
    return lookupBy(List.of(lookupColumns));
  }

  /** As {@link #lookupBy(String...)}. */
  public Lookup lookupBy(List<String> lookupColumns) {
    return new Lookup(table, context, LookupColumns.of(table, lookupColumns));
  }

  /** A lookuper, without talking to the cluster yet; whoever creates it closes it. */
  public Lookuper createLookuper() {
    return TableLookuper.open(columns, context, settings());
  }

  /**
   * As {@link #createLookuper}, with objects of a class, see {@link io.fluss.typed} for what they
   * may be.
   *
   * @throws UnfitClassException with all columns that have no field in the class, or one of another
   *     type
   */
  public <T> TypedLookuper<T> createTypedLookuper(Class<T> type) {
    ObjectToRow<T> keys = ObjectToRow.of(type, table.rowType(), columns.names());
    RowToObject<T> objects = RowToObject.of(table.rowType(), type);
    return new TypedLookuper<>(createLookuper(), keys, columns.tablePositions(), objects);
  }

  private LookupSettings settings() {
    Configuration options = Configuration.fromMap(context.options());
    Path dir =
        ConnectionOptions.lookupDirectory(options)
            .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), DEFAULT_DIR));
    return new LookupSettings(
        table,
        context.reader(table),
        dir,
        ConnectionOptions.lookupMemory(options)
            .map(MemorySize::getBytes)
            .orElseGet(() -> HeapShare.bytes(4, MOST_DEFAULT_MEMORY)),
        Duration.ZERO);
  }
}
