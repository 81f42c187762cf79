package io.fluss.client.admin;

import io.fluss.FlussException;
import io.fluss.acl.Grant;
import io.fluss.acl.GrantFilter;
import io.fluss.acl.kafka.ListedGrant;
import io.fluss.admin.DatabaseExistsException;
import io.fluss.admin.LakeTables;
import io.fluss.admin.PartitionExistsException;
import io.fluss.admin.PartitionNotFoundException;
import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableAlteration;
import io.fluss.admin.TableDescriptor;
import io.fluss.admin.TableExistsException;
import io.fluss.admin.TableNotFoundException;
import io.fluss.admin.TableRules;
import io.fluss.client.shared.ClientContext;
import io.fluss.lake.LakeFormats;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.state.LakeLag;
import io.fluss.lake.state.LakeState;
import io.fluss.metadata.DatabaseInfo;
import io.fluss.metadata.DatabaseNotFoundException;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.partition.TableBucket;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.common.TopicPartition;

/** Each call of {@link TableAdmin} on a thread of the connection. */
@Internal
public final class ConnectedAdmin implements Admin {

  private final ClientContext context;

  public ConnectedAdmin(ClientContext context) {
    this.context = context;
  }

  private TableAdmin tables() {
    return context.tables();
  }

  private <T> CompletableFuture<T> ask(Supplier<T> question) {
    context.requireOpen();
    return context.threads().ask(question);
  }

  private CompletableFuture<Void> run(Runnable action) {
    return ask(
        () -> {
          action.run();
          return null;
        });
  }

  /** Something that fails where a thing is there, or is not there, which may be all right. */
  private CompletableFuture<Void> run(
      Runnable action, boolean ignored, Class<? extends FlussException> failure) {
    return run(
        () -> {
          try {
            action.run();
          } catch (FlussException e) {
            if (!ignored || !failure.isInstance(e)) {
              throw e;
            }
          }
        });
  }

  @Override
  public CompletableFuture<Void> createDatabase(
      String databaseName, DatabaseDescriptor descriptor, boolean ignoreIfExists) {
    return run(
        () ->
            tables()
                .createDatabase(databaseName, descriptor.comment(), descriptor.customProperties()),
        ignoreIfExists,
        DatabaseExistsException.class);
  }

  @Override
  public CompletableFuture<DatabaseInfo> getDatabaseInfo(String databaseName) {
    return ask(
        () ->
            tables()
                .findDatabase(databaseName)
                .orElseThrow(() -> new DatabaseNotFoundException(databaseName)));
  }

  @Override
  public CompletableFuture<Void> alterDatabase(
      String databaseName, DatabaseDescriptor descriptor, boolean ignoreIfNotExists) {
    return run(
        () ->
            tables()
                .alterDatabase(databaseName, descriptor.comment(), descriptor.customProperties()),
        ignoreIfNotExists,
        DatabaseNotFoundException.class);
  }

  @Override
  public CompletableFuture<Void> dropDatabase(
      String databaseName, boolean ignoreIfNotExists, boolean cascade) {
    return run(
        () -> {
          if (cascade) {
            tables().dropDatabaseWithTables(databaseName);
          } else {
            tables().dropDatabase(databaseName);
          }
        },
        ignoreIfNotExists,
        DatabaseNotFoundException.class);
  }

  @Override
  public CompletableFuture<Boolean> databaseExists(String databaseName) {
    return ask(() -> tables().findDatabase(databaseName).isPresent());
  }

  @Override
  public CompletableFuture<List<String>> listDatabases() {
    return ask(() -> List.copyOf(tables().listDatabases()));
  }

  @Override
  public CompletableFuture<Void> createTable(
      TablePath tablePath, TableDescriptor descriptor, boolean ignoreIfExists) {
    ClassLoader loader = context.classLoader();
    return run(
        () -> {
          LakeTables lakes = new LakeTables(context.lakes(), loader);
          TableInfo created =
              tables().createTable(tablePath, lakes.withDefaultFormat(descriptor), rules(loader));
          lakes.created(tables(), created);
        },
        ignoreIfExists,
        TableExistsException.class);
  }

  private static TableRules rules(ClassLoader loader) {
    return TableRules.standard().withLakes(LakeFormats.all(loader));
  }

  @Override
  public CompletableFuture<TableInfo> getTableInfo(TablePath tablePath) {
    return ask(() -> tables().table(tablePath));
  }

  @Override
  public CompletableFuture<SchemaVersion> getTableSchema(TablePath tablePath) {
    return ask(() -> tables().table(tablePath).currentSchema());
  }

  @Override
  public CompletableFuture<SchemaVersion> getTableSchema(TablePath tablePath, int schemaVersion) {
    return ask(
        () -> {
          TableInfo table = tables().table(tablePath);
          return table
              .schema(schemaVersion)
              .orElseThrow(
                  () ->
                      new FlussException(
                          "Table '"
                              + tablePath
                              + "' has no schema version "
                              + schemaVersion
                              + "; the newest is "
                              + table.schemaVersion()
                              + "."));
        });
  }

  @Override
  public CompletableFuture<Void> alterTable(
      TablePath tablePath, TableAlteration change, boolean ignoreIfNotExists) {
    ClassLoader loader = context.classLoader();
    return run(
        () -> {
          TableInfo table = tables().table(tablePath);
          LakeTables lakes = new LakeTables(context.lakes(), loader);
          lakes.alter(tables(), table, lakes.withDefaultFormat(table, change), rules(loader));
        },
        ignoreIfNotExists,
        TableNotFoundException.class);
  }

  @Override
  public CompletableFuture<Void> renameTable(TablePath tablePath, String newName) {
    return run(() -> tables().renameTable(tablePath, newName));
  }

  @Override
  public CompletableFuture<Void> dropTable(TablePath tablePath, boolean ignoreIfNotExists) {
    return run(
        () -> tables().dropTable(tablePath), ignoreIfNotExists, TableNotFoundException.class);
  }

  @Override
  public CompletableFuture<Boolean> tableExists(TablePath tablePath) {
    return ask(() -> tables().tableExists(tablePath));
  }

  @Override
  public CompletableFuture<List<String>> listTables(String databaseName) {
    return ask(() -> tables().listTables(databaseName));
  }

  // ----------------------------------------------------------------------------------- partitions

  @Override
  public CompletableFuture<List<Partition>> listPartitionInfos(TablePath tablePath) {
    return listPartitionInfos(tablePath, Map.of());
  }

  @Override
  public CompletableFuture<List<Partition>> listPartitionInfos(
      TablePath tablePath, Map<String, String> partialSpec) {
    return ask(
        () -> {
          TableInfo table = partitioned(tablePath);
          var matching = PartitionKeys.of(table).matching(partialSpec);
          return tables().listPartitions(table).stream()
              .filter(p -> matching.test(p.name()))
              .toList();
        });
  }

  @Override
  public CompletableFuture<Void> createPartition(
      TablePath tablePath, Map<String, String> spec, boolean ignoreIfExists) {
    return run(
        () -> {
          TableInfo table = partitioned(tablePath);
          tables().createPartition(table, PartitionKeys.of(table).nameOf(spec));
        },
        ignoreIfExists,
        PartitionExistsException.class);
  }

  @Override
  public CompletableFuture<Void> dropPartition(
      TablePath tablePath, Map<String, String> spec, boolean ignoreIfNotExists) {
    return run(
        () -> {
          TableInfo table = partitioned(tablePath);
          tables().dropPartition(table, PartitionKeys.of(table).nameOf(spec));
        },
        ignoreIfNotExists,
        PartitionNotFoundException.class);
  }

  private TableInfo partitioned(TablePath path) {
    TableInfo table = tables().table(path);
    if (!table.isPartitioned()) {
      throw new FlussException("Table '" + path + "' has no partition keys, so no partitions.");
    }
    return table;
  }

  // -------------------------------------------------------------------------------------- offsets

  @Override
  public CompletableFuture<Map<Integer, Long>> listOffsets(
      TablePath tablePath, Collection<Integer> buckets, OffsetSpec offsetSpec) {
    return ask(() -> offsets(tablePath, null, List.copyOf(buckets), offsetSpec));
  }

  @Override
  public CompletableFuture<Map<Integer, Long>> listOffsets(
      TablePath tablePath,
      PartitionName partition,
      Collection<Integer> buckets,
      OffsetSpec offsetSpec) {
    return ask(() -> offsets(tablePath, partition, List.copyOf(buckets), offsetSpec));
  }

  private Map<Integer, Long> offsets(
      TablePath path, @Nullable PartitionName partition, List<Integer> buckets, OffsetSpec spec) {
    TableInfo table = tables().table(path);
    buckets.forEach(bucket -> new TableBucket(partition, bucket).requireOf(table));
    String topic = partition == null ? table.topic() : topic(table, partition);
    List<TopicPartition> places =
        buckets.stream().map(bucket -> new TopicPartition(topic, bucket)).toList();
    Map<Integer, Long> offsets = new HashMap<>();
    spec.offsets()
        .resolve(tables().log(table), places)
        .forEach((place, offset) -> offsets.put(place.partition(), offset));
    return offsets;
  }

  private String topic(TableInfo table, PartitionName partition) {
    return tables().listPartitions(table).stream()
        .filter(p -> p.name().equals(partition))
        .findFirst()
        .map(Partition::topic)
        .orElseThrow(
            () ->
                new PartitionNotFoundException(
                    table.path(), PartitionKeys.of(table).show(partition)));
  }

  // --------------------------------------------------------------------------------------- lakes

  @Override
  public CompletableFuture<Optional<LakeSnapshot>> getLatestLakeSnapshot(TablePath tablePath) {
    return ask(() -> tables().lakeState(tables().table(tablePath)).flatMap(LakeState::snapshot));
  }

  @Override
  public CompletableFuture<LakeLag> getLakeLag(TablePath tablePath) {
    return ask(() -> tables().lakeLag(tables().table(tablePath)));
  }

  // ---------------------------------------------------------------------------------------- rights

  @Override
  public CompletableFuture<List<Grant>> listAcls(GrantFilter filter) {
    return ask(
        () -> tables().acls().list(filter).grants().stream().map(ListedGrant::grant).toList());
  }

  @Override
  public CreateAclsResult createAcls(Collection<Grant> grants) {
    Map<Grant, CompletableFuture<Void>> values = new HashMap<>();
    grants.forEach(grant -> values.computeIfAbsent(grant, g -> run(() -> tables().acls().add(g))));
    return new CreateAclsResult(values);
  }

  @Override
  public DropAclsResult dropAcls(Collection<GrantFilter> filters) {
    Map<GrantFilter, CompletableFuture<List<Grant>>> values = new HashMap<>();
    filters.forEach(
        filter -> values.computeIfAbsent(filter, f -> ask(() -> tables().acls().drop(f))));
    return new DropAclsResult(values);
  }

  // --------------------------------------------------------------------------------------- cluster

  @Override
  public CompletableFuture<List<ServerNode>> getServerNodes() {
    return ask(
        () ->
            tables().brokers().stream()
                .map(n -> new ServerNode(n.id(), n.host(), n.port(), n.rack()))
                .toList());
  }

  @Override
  public void close() {}
}
