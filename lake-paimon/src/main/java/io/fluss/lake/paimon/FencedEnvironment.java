package io.fluss.lake.paimon;

import java.util.function.Function;
import org.apache.paimon.catalog.SnapshotCommit;
import org.apache.paimon.table.CatalogEnvironment;
import org.apache.paimon.table.PartitionModification;
import org.apache.paimon.utils.SnapshotManager;

/** The catalog of a table, with our say in its commits. Used in one thread, never serialised. */
final class FencedEnvironment extends CatalogEnvironment {

  private static final long serialVersionUID = 1L;

  private final CatalogEnvironment catalog;
  private final transient Function<SnapshotCommit, SnapshotCommit> fence;

  private FencedEnvironment(
      CatalogEnvironment catalog, Function<SnapshotCommit, SnapshotCommit> fence) {
    super(
        catalog.identifier(),
        catalog.uuid(),
        catalog.catalogLoader(),
        catalog.lockFactory(),
        catalog.lockContext(),
        catalog.catalogContext(),
        catalog.supportsVersionManagement(),
        false);
    this.catalog = catalog;
    this.fence = fence;
  }

  /**
   * @param fence what is put around the catalog's own way to put snapshots in place
   */
  static CatalogEnvironment of(
      CatalogEnvironment catalog, Function<SnapshotCommit, SnapshotCommit> fence) {
    return new FencedEnvironment(catalog, fence);
  }

  @Override
  public SnapshotCommit snapshotCommit(SnapshotManager snapshots) {
    return fence.apply(catalog.snapshotCommit(snapshots));
  }

  @Override
  public PartitionModification partitionModification() {
    return catalog.partitionModification();
  }
}
