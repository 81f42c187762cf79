package io.fluss.client.lookup;

import io.fluss.FlussException;
import io.fluss.client.shared.ClientContext;
import io.fluss.format.key.KeyEncoder;
import io.fluss.lookup.LookupSettings;
import io.fluss.lookup.TableLookup;
import io.fluss.lookup.TopicLookup;
import io.fluss.metadata.SchemasSince;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.read.KeyedProjections;
import io.fluss.read.Selection;
import io.fluss.table.ColumnSet;
import io.fluss.table.TableInfo;
import io.fluss.write.KeyedBucketRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;

/** Key row -> partition, bucket and key bytes -> {@link TopicLookup} -> rows. */
final class TableLookuper implements Lookuper {

  private final TableInfo table;
  private final ClientContext context;
  private final LookupColumns columns;
  private final TableLookup lookup;
  private final KeyedProjections projections;
  private final Map<PartitionName, TopicLookup> partitions = new ConcurrentHashMap<>();

  /** For one thread at a time, as are the two below. */
  private final KeyEncoder keys;

  private final KeyedBucketRouter router;
  @Nullable private final PartitionKeys partitionKeys;
  private final int[] partitionPositions;
  private volatile boolean closed;

  private TableLookuper(LookupColumns columns, ClientContext context, LookupSettings settings) {
    this.table = columns.table();
    this.context = context;
    this.columns = columns;
    this.keys = KeyEncoder.of(columns.rowType(), columns.positionsOf(columns.keyColumns()));
    this.router = KeyedBucketRouter.of(table, columns.rowType());
    this.partitionKeys = table.isPartitioned() ? PartitionKeys.of(table) : null;
    this.partitionPositions = columns.positionsOf(table.partitionKeys());
    this.projections =
        KeyedProjections.of(
            table,
            new SchemasSince(table, context.client()),
            (Selection.Fields) Selection.all(table.rowType()));
    this.lookup = TableLookup.open(settings);
  }

  static TableLookuper open(LookupColumns columns, ClientContext context, LookupSettings settings) {
    context.requireOpen();
    return context.opened(new TableLookuper(columns, context, settings));
  }

  /**
   * Where the rows of a key are.
   *
   * @param partition null where the table has none; empty where no partition can have them
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Place(@Nullable Optional<PartitionName> partition, int bucket, byte[] key) {}

  @Override
  public CompletableFuture<LookupResult> lookup(RowData lookupKey) {
    if (closed) {
      throw new IllegalStateException("The lookuper of table '" + table.path() + "' is closed.");
    }
    Place place;
    try {
      place = place(lookupKey);
    } catch (FlussException e) {
      return CompletableFuture.failedFuture(e);
    } catch (IllegalArgumentException
        | ClassCastException
        | NullPointerException
        | IndexOutOfBoundsException e) {
      return CompletableFuture.failedFuture(unfit(e));
    }
    try {
      return find(place);
    } catch (FlussException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized Place place(RowData key) {
    if (key.getArity() != columns.names().size()) {
      throw new FlussException(
          "Cannot look up rows of table '"
              + table.path()
              + "': the key has "
              + key.getArity()
              + " columns, and the lookup is by "
              + columns.names()
              + ".");
    }
    for (int i = 0; i < key.getArity(); i++) {
      if (key.isNullAt(i)) {
        throw new FlussException(
            "Cannot look up rows of table '"
                + table.path()
                + "': '"
                + columns.names().get(i)
                + "' of the key is null, and no row has null there.");
      }
    }
    Optional<PartitionName> partition =
        partitionKeys == null
            ? null
            : partitionKeys.possibleNameOf(
                ProjectedRowData.from(partitionPositions).replaceRow(key));
    return new Place(partition, router.bucket(key), keys.encode(key, ColumnSet.FULL_ROW));
  }

  private FlussException unfit(RuntimeException cause) {
    return new FlussException(
        "Cannot look up rows of table '"
            + table.path()
            + "' by a key that is no "
            + columns.rowType().asSummaryString()
            + ": "
            + (cause instanceof IllegalArgumentException ? cause.getMessage() : cause.toString())
            + ". Values are Flink's internal ones: StringData, TimestampData, DecimalData, ...",
        cause);
  }

  private CompletableFuture<LookupResult> find(Place place) {
    if (place.partition() == null) {
      return find(lookup.whole(), place);
    }
    if (place.partition().isEmpty()) {
      return CompletableFuture.completedFuture(LookupResult.NOTHING);
    }
    PartitionName name = place.partition().get();
    TopicLookup known = partitions.get(name);
    if (known != null && !known.isGone()) {
      return find(known, place);
    }
    return context
        .threads()
        .ask(() -> lookup.partition(name))
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                partitions.remove(name);
                return CompletableFuture.completedFuture(LookupResult.NOTHING);
              }
              partitions.put(name, found.get());
              return find(found.get(), place);
            });
  }

  private CompletableFuture<LookupResult> find(TopicLookup rows, Place place) {
    if (rows.isReady(place.bucket())) {
      return CompletableFuture.completedFuture(answer(rows, place));
    }
    // What failed is thrown by the answer, with table and bucket.
    return rows.whenReady(place.bucket())
        .handle((ready, failed) -> place)
        .thenCompose(where -> context.threads().ask(() -> answer(rows, where)));
  }

  private LookupResult answer(TopicLookup rows, Place place) {
    if (columns.isWholeKey()) {
      byte[] value = rows.get(place.bucket(), place.key());
      return value == null
          ? LookupResult.NOTHING
          : new LookupResult(List.of(projections.of(value).row(place.key(), value)));
    }
    List<RowData> found = new ArrayList<>();
    rows.scan(
        place.bucket(),
        place.key(),
        (key, value) -> found.add(projections.of(value).row(key, value)));
    return new LookupResult(found);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        lookup.close();
      } finally {
        context.closed(this);
      }
    }
  }
}
