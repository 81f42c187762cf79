package io.fluss.lake.state;

import io.fluss.metadata.DatabaseImage;
import io.fluss.metadata.InvalidMetadataException;
import io.fluss.metadata.MetadataRecord;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The records of lakes and leases in the metadata of a database, by the names of their tables. */
public final class LakeRecords {

  private static final String LAKE_PREFIX = "lake/";
  private static final String LEASE_PREFIX = "lease/";

  private LakeRecords() {}

  static MetadataRecord put(TablePath path, LakeState state) {
    return new MetadataRecord(LAKE_PREFIX + path.table(), LakeStateJson.write(state));
  }

  static MetadataRecord put(TablePath path, TieringLease lease) {
    return new MetadataRecord(LEASE_PREFIX + path.table(), lease.toJson());
  }

  /**
   * How far the table is tiered; empty where nobody has begun, or only with another table of its
   * name.
   *
   * @throws InvalidMetadataException where the record is corrupt or too new
   */
  public static Optional<LakeState> state(DatabaseImage image, TableInfo table) {
    return image
        .record(LAKE_PREFIX + table.path().table())
        .map(json -> LakeStateJson.read(table.path(), json))
        .filter(s -> s.tableId().equals(table.id()));
  }

  /**
   * The last lease on the table, held or not.
   *
   * @throws InvalidMetadataException where the record is corrupt or too new
   */
  public static Optional<TieringLease> lease(DatabaseImage image, TableInfo table) {
    return image
        .record(LEASE_PREFIX + table.path().table())
        .map(json -> TieringLease.read(table.path(), json))
        .filter(l -> l.tableId().equals(table.id()));
  }

  /** What has to go with the record of the table of this name. */
  public static List<MetadataRecord> removals(DatabaseImage image, String table) {
    return Stream.of(LAKE_PREFIX + table, LEASE_PREFIX + table)
        .filter(key -> image.record(key).isPresent())
        .map(key -> new MetadataRecord(key, null))
        .toList();
  }
}
