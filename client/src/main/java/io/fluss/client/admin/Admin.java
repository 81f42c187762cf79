package io.fluss.client.admin;

import io.fluss.acl.Grant;
import io.fluss.acl.GrantFilter;
import io.fluss.admin.DatabaseExistsException;
import io.fluss.admin.DatabaseNotEmptyException;
import io.fluss.admin.InvalidTableException;
import io.fluss.admin.PartitionExistsException;
import io.fluss.admin.PartitionNotFoundException;
import io.fluss.admin.TableAlteration;
import io.fluss.admin.TableDescriptor;
import io.fluss.admin.TableExistsException;
import io.fluss.admin.TableNotFoundException;
import io.fluss.admin.TooManyPartitionsException;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.state.LakeLag;
import io.fluss.metadata.DatabaseInfo;
import io.fluss.metadata.DatabaseNotFoundException;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Asks and changes what a cluster has. Answers are strongly consistent: a call sees every change
 * that was acknowledged before it began, by whichever client; only brokers may know of a topic a
 * moment later.
 *
 * <p>Calls return at once and go on by themselves, also where their future is given up. Futures
 * fail with a {@link io.fluss.FlussException} whose message says what to do; {@code get()} wraps it
 * into an {@link java.util.concurrent.ExecutionException}. What each call fails with beside that is
 * named at it; {@link io.fluss.acl.AccessRefusedException} where a right is missing, for all.
 *
 * <p>Thread-safe. Shares the connection, which is what is closed; {@link #close} does nothing.
 */
@PublicEvolving
public interface Admin extends AutoCloseable {

  // ------------------------------------------------------------------------------------ databases

  /** Fails with {@link DatabaseExistsException}, unless that is to be ignored. */
  CompletableFuture<Void> createDatabase(
      String databaseName, DatabaseDescriptor descriptor, boolean ignoreIfExists);

  /** Fails with {@link DatabaseNotFoundException}. */
  CompletableFuture<DatabaseInfo> getDatabaseInfo(String databaseName);

  /**
   * Replaces comment and properties; fails with {@link DatabaseNotFoundException}, unless that is
   * to be ignored.
   */
  CompletableFuture<Void> alterDatabase(
      String databaseName, DatabaseDescriptor descriptor, boolean ignoreIfNotExists);

  /**
   * Fails with {@link DatabaseNotFoundException}, unless that is to be ignored, and with {@link
   * DatabaseNotEmptyException}, unless it is to be dropped with its tables.
   */
  CompletableFuture<Void> dropDatabase(
      String databaseName, boolean ignoreIfNotExists, boolean cascade);

  CompletableFuture<Boolean> databaseExists(String databaseName);

  /** Names of the databases that the user may see, sorted. */
  CompletableFuture<List<String>> listDatabases();

  // --------------------------------------------------------------------------------------- tables

  /**
   * Completes when the table can be used. Fails with {@link InvalidTableException}, which has all
   * reasons, with {@link DatabaseNotFoundException}, and with {@link TableExistsException}, unless
   * that is to be ignored.
   */
  CompletableFuture<Void> createTable(
      TablePath tablePath, TableDescriptor descriptor, boolean ignoreIfExists);

  /** Fails with {@link TableNotFoundException}. */
  CompletableFuture<TableInfo> getTableInfo(TablePath tablePath);

  /** The columns that are stored; fails with {@link TableNotFoundException}. */
  CompletableFuture<SchemaVersion> getTableSchema(TablePath tablePath);

  /** The columns that were stored in this version; fails also where there was none. */
  CompletableFuture<SchemaVersion> getTableSchema(TablePath tablePath, int schemaVersion);

  /**
   * Sets and removes options, or changes columns. Fails with {@link InvalidTableException}, which
   * has all reasons, and with {@link TableNotFoundException}, unless that is to be ignored.
   */
  CompletableFuture<Void> alterTable(
      TablePath tablePath, TableAlteration change, boolean ignoreIfNotExists);

  /**
   * Gives a table another name in its database. Fails with {@link TableNotFoundException} and
   * {@link TableExistsException}.
   */
  CompletableFuture<Void> renameTable(TablePath tablePath, String newName);

  /** Fails with {@link TableNotFoundException}, unless that is to be ignored. */
  CompletableFuture<Void> dropTable(TablePath tablePath, boolean ignoreIfNotExists);

  CompletableFuture<Boolean> tableExists(TablePath tablePath);

  /** Names of the tables that the user may see, sorted; {@link DatabaseNotFoundException}. */
  CompletableFuture<List<String>> listTables(String databaseName);

  // ----------------------------------------------------------------------------------- partitions

  /** All partitions of a table; fails also where it has no partition keys. */
  CompletableFuture<List<Partition>> listPartitionInfos(TablePath tablePath);

  /**
   * Those with these values.
   *
   * @param partialSpec text of the value, for some of the partition keys
   */
  CompletableFuture<List<Partition>> listPartitionInfos(
      TablePath tablePath, Map<String, String> partialSpec);

  /**
   * Fails with {@link PartitionExistsException}, unless that is to be ignored, and with {@link
   * TooManyPartitionsException}.
   *
   * @param spec text of the value, for each of the partition keys
   */
  CompletableFuture<Void> createPartition(
      TablePath tablePath, Map<String, String> spec, boolean ignoreIfExists);

  /**
   * Fails with {@link PartitionNotFoundException}, unless that is to be ignored.
   *
   * @param spec text of the value, for each of the partition keys
   */
  CompletableFuture<Void> dropPartition(
      TablePath tablePath, Map<String, String> spec, boolean ignoreIfNotExists);

  // -------------------------------------------------------------------------------------- offsets

  /** Offsets of buckets of a table without partitions, by bucket. */
  CompletableFuture<Map<Integer, Long>> listOffsets(
      TablePath tablePath, Collection<Integer> buckets, OffsetSpec offsetSpec);

  /** Offsets of buckets of a partition; fails with {@link PartitionNotFoundException}. */
  CompletableFuture<Map<Integer, Long>> listOffsets(
      TablePath tablePath,
      PartitionName partition,
      Collection<Integer> buckets,
      OffsetSpec offsetSpec);

  // --------------------------------------------------------------------------------------- lakes

  /**
   * The newest snapshot that was recorded, with the offsets that it has; empty before the first.
   */
  CompletableFuture<Optional<LakeSnapshot>> getLatestLakeSnapshot(TablePath tablePath);

  /**
   * How far the lake is behind the log of each bucket, and why it is not tiered where that is so.
   */
  CompletableFuture<LakeLag> getLakeLag(TablePath tablePath);

  // ---------------------------------------------------------------------------------------- rights

  /** The grants that match; fails where the cluster has no authorizer. */
  CompletableFuture<List<Grant>> listAcls(GrantFilter filter);

  /** Adds grants; those that are there stay. */
  CreateAclsResult createAcls(Collection<Grant> grants);

  /** Drops all grants that match one of the filters. */
  DropAclsResult dropAcls(Collection<GrantFilter> filters);

  // --------------------------------------------------------------------------------------- cluster

  /** The brokers with their racks, by id. */
  CompletableFuture<List<ServerNode>> getServerNodes();

  /** Does nothing: what there is to close is the connection's. */
  @Override
  void close();
}
