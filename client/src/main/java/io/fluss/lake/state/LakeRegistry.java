package io.fluss.lake.state;

import io.fluss.metadata.DatabaseImage;
import io.fluss.metadata.InvalidMetadataException;
import io.fluss.metadata.MetadataRecord;
import io.fluss.metadata.MetadataStore;
import io.fluss.metadata.TableEntry;
import io.fluss.table.TableInfo;
import io.fluss.table.TableState;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.annotation.Nullable;

/**
 * Reads and changes what is recorded of lakes, by compare-and-set.
 *
 * <p><b>A table has one owner at a time, and only the newest one writes.</b> Each claim raises the
 * epoch of the lease. Whoever renews, records or gives back names the owner and epoch of his claim,
 * and is refused where the record has others: then another has claimed the table since, however
 * late the first one comes. A claim is refused while the lease of another holds.
 *
 * <p>Clocks of jobs may differ, and a job may sleep behind the end of its lease: two may then work
 * on one table, and the commit to the lake lets one of them succeed. Thread-safe.
 */
public final class LakeRegistry {

  private final MetadataStore store;
  private final BiFunction<DatabaseImage, Collection<String>, List<String>> visible;
  private final Consumer<TableInfo> rights;

  /**
   * @param visible the names of those among tables of a database that this client may see
   * @param rights passes where this client may tier a table, else throws
   */
  public LakeRegistry(
      MetadataStore store,
      BiFunction<DatabaseImage, Collection<String>, List<String>> visible,
      Consumer<TableInfo> rights) {
    this.store = store;
    this.visible = visible;
    this.rights = rights;
  }

  /**
   * The tables of a database that this client may see and whose lake is enabled and of this format,
   * also those whose records cannot be read; none where there is no such database.
   *
   * @throws io.fluss.FlussException where the user may not read it
   */
  public List<LakeTable> tables(String database, String format) {
    return store.read(database).map(image -> visible(image, format)).orElse(List.of());
  }

  private List<LakeTable> visible(DatabaseImage image, String format) {
    Map<String, TableInfo> byName = new LinkedHashMap<>();
    ready(image)
        .filter(t -> t.lakeFormat().filter(format::equals).isPresent())
        .forEach(t -> byName.put(t.path().table(), t));
    return byName.isEmpty()
        ? List.of()
        : visible.apply(image, byName.keySet()).stream()
            .map(name -> lakeTable(image, byName.get(name)))
            .toList();
  }

  private static Stream<TableInfo> ready(DatabaseImage image) {
    return image.tables().values().stream()
        .filter(TableEntry.Readable.class::isInstance)
        .map(TableEntry::require)
        .filter(t -> t.state() == TableState.READY);
  }

  private static LakeTable lakeTable(DatabaseImage image, TableInfo table) {
    try {
      return new LakeTable(
          table,
          LakeRecords.state(image, table).orElse(null),
          LakeRecords.lease(image, table).orElse(null),
          null);
    } catch (InvalidMetadataException e) {
      return new LakeTable(table, null, null, e);
    }
  }

  /**
   * How far a table is tiered; empty where nobody has begun.
   *
   * @throws InvalidMetadataException where the record is corrupt or too new
   */
  public Optional<LakeState> state(TableInfo table) {
    return store.read(table.path().database()).flatMap(image -> LakeRecords.state(image, table));
  }

  /**
   * Claims a table, and notes that its tiering has begun.
   *
   * @param owner the same for all claims of a job
   * @return empty where another job has the table, or the table is gone, or its lake was disabled
   *     or is of another format
   */
  public Optional<TieringClaim> claim(
      TableInfo table, String format, String owner, long nowMillis, Duration duration) {
    rights.accept(table);
    DatabaseImage image =
        store.change(
            table.path().database(),
            seen -> claiming(seen, table, format, owner, nowMillis, duration));
    return find(image, table)
        .flatMap(
            found ->
                LakeRecords.lease(image, found)
                    .filter(l -> l.owner().equals(owner) && l.isHeldAt(nowMillis))
                    .map(
                        l ->
                            new TieringClaim(
                                found, l, LakeRecords.state(image, found).orElseThrow())));
  }

  private static List<MetadataRecord> claiming(
      DatabaseImage seen,
      TableInfo table,
      String format,
      String owner,
      long nowMillis,
      Duration duration) {
    Optional<TableInfo> found =
        find(seen, table).filter(t -> t.lakeFormat().filter(format::equals).isPresent());
    if (found.isEmpty()) {
      return List.of();
    }
    Optional<TieringLease> last = LakeRecords.lease(seen, found.get());
    if (last.filter(l -> l.isHeldAt(nowMillis)).isPresent()) {
      return List.of();
    }
    TieringLease lease =
        new TieringLease(
            table.id(),
            owner,
            last.map(TieringLease::epoch).orElse(0L) + 1,
            nowMillis + duration.toMillis());
    MetadataRecord leaseRecord = LakeRecords.put(found.get().path(), lease);
    Optional<LakeState> state =
        LakeRecords.state(seen, found.get()).filter(s -> s.format().equals(format));
    return state.isPresent()
        ? List.of(leaseRecord)
        : List.of(
            leaseRecord,
            LakeRecords.put(found.get().path(), LakeState.begun(table.id(), format, nowMillis)));
  }

  /**
   * Keeps a table for longer.
   *
   * @throws LeaseLostException where it is not the claim's any more
   */
  public void renew(TieringClaim claim, long untilMillis) {
    change(claim, lease -> lease.renewed(untilMillis), null);
  }

  /**
   * Records how far the table is tiered, and keeps it.
   *
   * @throws LeaseLostException where it is not the claim's any more
   */
  public void record(TieringClaim claim, LakeState state) {
    change(claim, UnaryOperator.identity(), state);
  }

  /**
   * Records how far the table is tiered, and gives it back.
   *
   * @throws LeaseLostException where it is not the claim's any more
   */
  public void giveBack(TieringClaim claim, LakeState state) {
    change(claim, TieringLease::givenBack, state);
  }

  /**
   * Gives the table back.
   *
   * @throws LeaseLostException where it is not the claim's any more
   */
  public void giveBack(TieringClaim claim) {
    change(claim, TieringLease::givenBack, null);
  }

  private void change(
      TieringClaim claim, UnaryOperator<TieringLease> leaseChange, @Nullable LakeState state) {
    store.change(
        claim.table().path().database(),
        seen -> {
          TableInfo table =
              find(seen, claim.table())
                  .orElseThrow(() -> new LeaseLostException(claim.table().path(), claim.lease()));
          TieringLease current =
              LakeRecords.lease(seen, table)
                  .filter(l -> l.epoch() == claim.lease().epoch())
                  .filter(l -> l.owner().equals(claim.lease().owner()))
                  .orElseThrow(() -> new LeaseLostException(table.path(), claim.lease()));
          TieringLease changed = leaseChange.apply(current);
          Optional<LakeState> before = LakeRecords.state(seen, table);
          boolean newLease = !changed.equals(current);
          boolean newState = state != null && !before.equals(Optional.of(state));
          return Stream.concat(
                  newLease ? Stream.of(LakeRecords.put(table.path(), changed)) : Stream.empty(),
                  newState ? Stream.of(LakeRecords.put(table.path(), state)) : Stream.empty())
              .toList();
        });
  }

  /**
   * Lets a table be tiered on that is parked or fails, from what the lake and the log have now.
   * Rows that are missing are left out where it was parked; one that only fails waits no longer,
   * and a gap that is found then parks it.
   *
   * @return how far it is tiered; empty where nobody has begun
   */
  public Optional<LakeState> resume(TableInfo table) {
    rights.accept(table);
    DatabaseImage image =
        store.change(
            table.path().database(),
            seen ->
                find(seen, table).stream()
                    .flatMap(
                        found ->
                            LakeRecords.state(seen, found)
                                .filter(s -> s.problem().isPresent())
                                .map(s -> LakeRecords.put(found.path(), s.resumed()))
                                .stream())
                    .toList());
    return find(image, table).flatMap(found -> LakeRecords.state(image, found));
  }

  private static Optional<TableInfo> find(DatabaseImage image, TableInfo table) {
    return image.tables().values().stream()
        .filter(TableEntry.Readable.class::isInstance)
        .map(TableEntry::require)
        .filter(t -> t.id().equals(table.id()) && t.state() == TableState.READY)
        .findFirst();
  }
}
