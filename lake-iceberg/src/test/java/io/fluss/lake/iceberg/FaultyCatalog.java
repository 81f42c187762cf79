package io.fluss.lake.iceberg;

import java.util.function.BiConsumer;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** A hadoop catalog whose commits a test can make fail, before or after they take effect. */
public final class FaultyCatalog extends HadoopCatalog {

  /** What happens in place of a commit; it is given the commit, and whether it has a snapshot. */
  static volatile BiConsumer<Runnable, Boolean> fault = (commit, withSnapshot) -> commit.run();

  static void heal() {
    fault = (commit, withSnapshot) -> commit.run();
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier identifier) {
    return new FaultyOperations(super.newTableOps(identifier));
  }

  private record FaultyOperations(TableOperations healthy) implements TableOperations {

    @Override
    public TableMetadata current() {
      return healthy.current();
    }

    @Override
    public TableMetadata refresh() {
      return healthy.refresh();
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
      boolean withSnapshot = base != null && metadata.snapshots().size() > base.snapshots().size();
      fault.accept(() -> healthy.commit(base, metadata), withSnapshot);
    }

    @Override
    public FileIO io() {
      return healthy.io();
    }

    @Override
    public EncryptionManager encryption() {
      return healthy.encryption();
    }

    @Override
    public String metadataFileLocation(String fileName) {
      return healthy.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
      return LocationProviders.locationsFor(current().location(), current().properties());
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
      return healthy.temp(uncommitted);
    }
  }
}
