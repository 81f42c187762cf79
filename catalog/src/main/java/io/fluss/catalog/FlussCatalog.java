package io.fluss.catalog;

import io.fluss.FlussException;
import io.fluss.acl.AccessRefusedException;
import io.fluss.acl.AclResource;
import io.fluss.admin.DatabaseExistsException;
import io.fluss.admin.InvalidTableException;
import io.fluss.admin.LakeTables;
import io.fluss.admin.PartitionExistsException;
import io.fluss.admin.PartitionNotFoundException;
import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.admin.TableExistsException;
import io.fluss.admin.TableNotFoundException;
import io.fluss.admin.TableRules;
import io.fluss.catalog.procedures.CatalogProcedure;
import io.fluss.catalog.procedures.ProcedureTarget;
import io.fluss.kafka.SecretOptions;
import io.fluss.lake.LakeFormats;
import io.fluss.metadata.DatabaseInfo;
import io.fluss.metadata.DatabaseNotFoundException;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.table.Names;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionImpl;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionAlreadyExistsException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.ProcedureNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.flink.table.expressions.Expression;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.procedures.Procedure;
import org.apache.kafka.common.KafkaException;

/**
 * Databases and tables of one Kafka cluster, for Flink SQL.
 *
 * <p>Keeps no state: each question reads the metadata as of now. Options of tables that it shows
 * hold neither the connection nor secrets; {@link FlussTableFactory} adds those when a table is
 * read or written.
 */
public final class FlussCatalog extends TablesOnlyCatalog {

  private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(5);

  private final CatalogSettings settings;
  private final ClassLoader classLoader;
  private final LakeTables lakes;
  private final Procedures procedures;

  @Nullable private TableAdmin admin;

  FlussCatalog(String name, CatalogSettings settings, ClassLoader classLoader) {
    super(name, settings.defaultDatabase());
    this.settings = settings;
    this.classLoader = classLoader;
    this.lakes = new LakeTables(settings.lakes(), classLoader);
    this.procedures =
        Procedures.of(
            new ProcedureTarget(
                name, settings.defaultDatabase(), this::admin, settings.lakes(), classLoader));
  }

  /**
   * Connects.
   *
   * @throws ValidationException where options are wrong or that is not possible; were it a
   *     CatalogException, CREATE CATALOG would put all options of the catalog into its message,
   *     passwords and all
   */
  @Override
  public void open() {
    settings.requireGood(getName());
    try {
      connect();
    } catch (CatalogException e) {
      throw new ValidationException(e.getMessage(), e.getCause());
    }
  }

  private void connect() {
    TableAdmin opened = call("open", () -> TableAdmin.connect(settings.connection()));
    admin = opened;
    try {
      call(
          "open",
          () -> {
            opened.requireReachable(OPEN_TIMEOUT);
            return null;
          });
      requireDefaultDatabase();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void requireDefaultDatabase() {
    // The built-in default database may be used without any right to see it.
    if (!getDefaultDatabase().equals(TableAdmin.DEFAULT_DATABASE)
        && !isSeen(getDefaultDatabase())) {
      throw new CatalogException(
          "Catalog '"
              + getName()
              + "' has 'default-database' = '"
              + getDefaultDatabase()
              + "', and that database does not exist or you may not see it. Leave the option out to"
              + " use database '"
              + TableAdmin.DEFAULT_DATABASE
              + "'.");
    }
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close();
      admin = null;
    }
  }

  @Override
  public Optional<Factory> getFactory() {
    return Optional.of(new FlussTableFactory(settings, this::admin));
  }

  // ------------------------------------------------------------------------------- databases

  /**
   * Those that the user may see, and the default database, which is current after USE CATALOG:
   * where Flink does not find that one it resolves no name.
   */
  @Override
  public List<String> listDatabases() {
    SortedSet<String> names = call("list databases", () -> new TreeSet<>(admin().listDatabases()));
    names.add(getDefaultDatabase());
    return List.copyOf(names);
  }

  @Override
  public CatalogDatabase getDatabase(String name) throws DatabaseNotExistException {
    DatabaseInfo database =
        call("read database '" + name + "'", () -> admin().findDatabase(name))
            .orElseThrow(() -> new DatabaseNotExistException(getName(), name));
    return new CatalogDatabaseImpl(database.properties(), database.comment());
  }

  @Override
  public boolean databaseExists(String name) {
    return name.equals(getDefaultDatabase())
        || name.equals(CatalogProcedure.DATABASE)
        || isSeen(name);
  }

  private boolean isSeen(String database) {
    return call(
        "look for database '" + database + "'", () -> admin().listDatabases().contains(database));
  }

  @Override
  public void createDatabase(String name, CatalogDatabase database, boolean ignoreIfExists)
      throws DatabaseAlreadyExistException {
    Map<String, String> properties = properties(database);
    try {
      run(
          "create database '" + name + "'",
          () -> admin().createDatabase(name, comment(database), properties));
    } catch (DatabaseExistsException e) {
      if (!ignoreIfExists) {
        throw new DatabaseAlreadyExistException(getName(), name, e);
      }
    }
  }

  @Override
  public void dropDatabase(String name, boolean ignoreIfNotExists, boolean cascade)
      throws DatabaseNotExistException, DatabaseNotEmptyException {
    try {
      run(
          "drop database '" + name + "'",
          () -> {
            if (cascade) {
              admin().dropDatabaseWithTables(name);
            } else {
              admin().dropDatabase(name);
            }
          });
    } catch (DatabaseNotFoundException e) {
      if (!ignoreIfNotExists) {
        throw new DatabaseNotExistException(getName(), name, e);
      }
    } catch (io.fluss.admin.DatabaseNotEmptyException e) {
      throw new DatabaseNotEmptyException(getName(), name, e);
    }
  }

  @Override
  public void alterDatabase(String name, CatalogDatabase database, boolean ignoreIfNotExists)
      throws DatabaseNotExistException {
    Map<String, String> properties = properties(database);
    try {
      run(
          "alter database '" + name + "'",
          () -> admin().alterDatabase(name, comment(database), properties));
    } catch (DatabaseNotFoundException e) {
      if (!ignoreIfNotExists) {
        throw new DatabaseNotExistException(getName(), name, e);
      }
    }
  }

  /**
   * A copy of a database's properties. Secrets, which are refused, are hidden in what Flink has
   * given: it puts that into its message where a statement fails.
   */
  private static Map<String, String> properties(CatalogDatabase database) {
    Map<String, String> properties = new HashMap<>(database.getProperties());
    SecretOptions.hideIn(database.getProperties());
    return properties;
  }

  @Nullable
  private static String comment(CatalogDatabase database) {
    String comment = database.getComment();
    return comment == null || comment.isEmpty() ? null : comment;
  }

  // ---------------------------------------------------------------------------------- tables

  @Override
  public List<String> listTables(String database) throws DatabaseNotExistException {
    try {
      return call("list tables", () -> admin().listTables(database));
    } catch (DatabaseNotFoundException e) {
      throw new DatabaseNotExistException(getName(), database, e);
    }
  }

  /**
   * As recorded; that its topic is there is checked when it is read or written. Each table has a
   * second one, {@code t$changelog}, and a third, {@code t$lake}, which are not listed.
   */
  @Override
  public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
    TablePath table =
        valid(stored(path)).orElseThrow(() -> new TableNotExistException(getName(), path));
    return call("read table '" + path + "'", () -> definition(table))
        .map(t -> FlinkTables.shown(t, ShownTable.of(path.getObjectName())))
        .orElseThrow(() -> new TableNotExistException(getName(), path));
  }

  private Optional<TableInfo> definition(TablePath table) {
    try {
      return admin().findDefinition(table);
    } catch (AccessRefusedException e) {
      if (isUnseenDefault(table, e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Flink looks for {@code d.t} as a table {@code d} of the default database first, and for {@code
   * c.d.t} as a table {@code c}. So in a default database that the user may not see there is
   * nothing, or he could name no table at all.
   */
  private boolean isUnseenDefault(TablePath table, AccessRefusedException e) {
    return table.database().equals(getDefaultDatabase())
        && e.missing()
            .filter(right -> right.resource() instanceof AclResource.Database)
            .isPresent();
  }

  private static boolean isStored(ObjectPath path) {
    return ShownTable.of(path.getObjectName()) == ShownTable.ITSELF;
  }

  /** The table whose record tells all of this one. */
  private static ObjectPath stored(ObjectPath path) {
    return new ObjectPath(path.getDatabaseName(), ShownTable.storedTable(path.getObjectName()));
  }

  @Override
  public boolean tableExists(ObjectPath path) {
    return valid(stored(path))
        .filter(t -> call("look for table '" + path + "'", () -> exists(t)))
        .isPresent();
  }

  private boolean exists(TablePath table) {
    try {
      return admin().tableExists(table);
    } catch (AccessRefusedException e) {
      if (isUnseenDefault(table, e)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
      throws TableAlreadyExistException, DatabaseNotExistException {
    if (!(table instanceof ResolvedCatalogTable resolved)) {
      throw unsupported("Views and materialized tables are");
    }
    if (ignoreIfExists && tableExists(path)) {
      return;
    }
    RequestedTable requested = RequestedTable.of(resolved);
    TableDescriptor descriptor = lakes.withDefaultFormat(requested.descriptor());
    TableRules rules = rules();
    List<String> problems = new ArrayList<>(requested.problems());
    problems.addAll(ConnectorFactories.perStatementProblems(descriptor.options()));
    problems.addAll(rules.problems(path.getDatabaseName(), path.getObjectName(), descriptor));
    try {
      run(
          "create table '" + path + "'",
          () -> {
            if (!problems.isEmpty()) {
              throw new InvalidTableException(path.toString(), problems);
            }
            lakes.created(
                admin(), admin().createTable(valid(path).orElseThrow(), descriptor, rules));
          });
    } catch (DatabaseNotFoundException e) {
      throw new DatabaseNotExistException(getName(), path.getDatabaseName(), e);
    } catch (TableExistsException e) {
      if (!ignoreIfExists) {
        throw new TableAlreadyExistException(getName(), path, e);
      }
    }
  }

  private TableRules rules() {
    return TableRules.with(
            ConnectorFactories.options(classLoader), ConnectorFactories.checks(classLoader))
        .withLakes(LakeFormats.all(classLoader));
  }

  /** Changes columns, watermark and options; what decides where rows are stays as it was. */
  @Override
  public void alterTable(
      ObjectPath path,
      CatalogBaseTable newTable,
      List<TableChange> changes,
      boolean ignoreIfNotExists)
      throws TableNotExistException {
    RequestedChange change = RequestedChange.of(changes);
    try {
      run(
          "alter table '" + path + "'",
          () -> {
            TableInfo table = admin().table(existing(path));
            if (!change.problems().isEmpty()) {
              throw InvalidTableException.ofChange(path.toString(), change.problems());
            }
            lakes.alter(
                admin(), table, lakes.withDefaultFormat(table, change.alteration()), rules());
          });
    } catch (TableNotFoundException | DatabaseNotFoundException | NotATableName e) {
      if (!ignoreIfNotExists) {
        throw new TableNotExistException(getName(), path, e);
      }
    }
  }

  @Override
  public void dropTable(ObjectPath path, boolean ignoreIfNotExists) throws TableNotExistException {
    try {
      run("drop table '" + path + "'", () -> admin().dropTable(existing(path)));
    } catch (TableNotFoundException | DatabaseNotFoundException | NotATableName e) {
      if (!ignoreIfNotExists) {
        throw new TableNotExistException(getName(), path, e);
      }
    }
  }

  @Override
  public void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists)
      throws TableNotExistException, TableAlreadyExistException {
    try {
      run("rename table '" + path + "'", () -> admin().renameTable(existing(path), newName));
    } catch (TableNotFoundException | DatabaseNotFoundException | NotATableName e) {
      if (!ignoreIfNotExists) {
        throw new TableNotExistException(getName(), path, e);
      }
    } catch (TableExistsException e) {
      throw new TableAlreadyExistException(
          getName(), new ObjectPath(path.getDatabaseName(), newName), e);
    }
  }

  // ------------------------------------------------------------------------------ partitions

  @Override
  public List<CatalogPartitionSpec> listPartitions(ObjectPath path)
      throws TableNotExistException, TableNotPartitionedException {
    return listPartitions(path, new CatalogPartitionSpec(Map.of()));
  }

  @Override
  public List<CatalogPartitionSpec> listPartitions(ObjectPath path, CatalogPartitionSpec partial)
      throws TableNotExistException, TableNotPartitionedException {
    TableInfo table = partitioned(path);
    PartitionKeys keys = PartitionKeys.of(table);
    return call(
        "list partitions of table '" + path + "'",
        () ->
            admin().listPartitions(table).stream()
                .map(Partition::name)
                .filter(keys.matching(partial.getPartitionSpec()))
                .map(name -> new CatalogPartitionSpec(keys.spec(name)))
                .toList());
  }

  /** Filters are for scans, which look at partitions when they run. */
  @Override
  public List<CatalogPartitionSpec> listPartitionsByFilter(
      ObjectPath path, List<Expression> filters) {
    throw unsupported("Partitions by expressions are");
  }

  @Override
  public CatalogPartition getPartition(ObjectPath path, CatalogPartitionSpec spec)
      throws PartitionNotExistException {
    if (!partitionExists(path, spec)) {
      throw new PartitionNotExistException(getName(), path, spec);
    }
    return new CatalogPartitionImpl(Map.of(), null);
  }

  @Override
  public boolean partitionExists(ObjectPath path, CatalogPartitionSpec spec) {
    try {
      TableInfo table = partitioned(path);
      PartitionName name = PartitionKeys.of(table).nameOf(spec.getPartitionSpec());
      return call(
          "look for a partition of table '" + path + "'",
          () -> admin().listPartitions(table).stream().anyMatch(p -> p.name().equals(name)));
    } catch (TableNotExistException | TableNotPartitionedException e) {
      return false;
    }
  }

  @Override
  public void createPartition(
      ObjectPath path,
      CatalogPartitionSpec spec,
      CatalogPartition partition,
      boolean ignoreIfExists)
      throws TableNotExistException, TableNotPartitionedException, PartitionAlreadyExistsException {
    TableInfo table = changeablePartitions(path);
    try {
      run(
          "add a partition to table '" + path + "'",
          () -> {
            requireNoProperties(partition.getProperties());
            admin().createPartition(table, PartitionKeys.of(table).nameOf(spec.getPartitionSpec()));
          });
    } catch (TableNotFoundException e) {
      throw new TableNotExistException(getName(), path, e);
    } catch (PartitionExistsException e) {
      if (!ignoreIfExists) {
        throw new PartitionAlreadyExistsException(getName(), path, spec, e);
      }
    }
  }

  private static void requireNoProperties(Map<String, String> properties) {
    if (!properties.isEmpty()) {
      throw new FlussException(
          "a partition has no properties of its own, and the statement gives "
              + properties.keySet()
              + ". Leave WITH (...) out.");
    }
  }

  @Override
  public void dropPartition(ObjectPath path, CatalogPartitionSpec spec, boolean ignoreIfNotExists)
      throws PartitionNotExistException {
    try {
      TableInfo table = changeablePartitions(path);
      run(
          "drop a partition of table '" + path + "'",
          () ->
              admin()
                  .dropPartition(table, PartitionKeys.of(table).nameOf(spec.getPartitionSpec())));
    } catch (TableNotExistException | TableNotPartitionedException e) {
      throw new PartitionNotExistException(getName(), path, spec, e);
    } catch (PartitionNotFoundException e) {
      if (!ignoreIfNotExists) {
        throw new PartitionNotExistException(getName(), path, spec, e);
      }
    }
  }

  @Override
  public void alterPartition(
      ObjectPath path, CatalogPartitionSpec spec, CatalogPartition partition, boolean ignore) {
    throw unsupported("Properties of partitions are");
  }

  private TableInfo changeablePartitions(ObjectPath path)
      throws TableNotExistException, TableNotPartitionedException {
    if (!isStored(path)) {
      throw new UnsupportedOperationException(
          "'"
              + path
              + "' shows "
              + ShownTable.of(path.getObjectName())
              + " of table '"
              + stored(path)
              + "'; its partitions are"
              + " those of that table. Name the table itself.");
    }
    return partitioned(path);
  }

  private TableInfo partitioned(ObjectPath path)
      throws TableNotExistException, TableNotPartitionedException {
    TablePath name =
        valid(stored(path)).orElseThrow(() -> new TableNotExistException(getName(), path));
    TableInfo table =
        call("read table '" + path + "'", () -> admin().findTable(name))
            .orElseThrow(() -> new TableNotExistException(getName(), path));
    if (!table.isPartitioned()) {
      throw new TableNotPartitionedException(getName(), path);
    }
    return table;
  }

  // ------------------------------------------------------------------------------ procedures

  /** In every database but their own with that in front, which is how to call them there. */
  @Override
  public List<String> listProcedures(String database) throws DatabaseNotExistException {
    if (!databaseExists(database)) {
      throw new DatabaseNotExistException(getName(), database);
    }
    return database.equals(CatalogProcedure.DATABASE)
        ? procedures.names()
        : procedures.names().stream().map(name -> CatalogProcedure.DATABASE + "." + name).toList();
  }

  @Override
  public Procedure getProcedure(ObjectPath path) throws ProcedureNotExistException {
    return Optional.of(path)
        .filter(p -> p.getDatabaseName().equals(CatalogProcedure.DATABASE))
        .flatMap(p -> procedures.find(p.getObjectName()))
        .orElseThrow(() -> new ProcedureNotExistException(getName(), path));
  }

  // ------------------------------------------------------------------------------------ help

  private TableAdmin admin() {
    if (admin == null) {
      throw new CatalogException("Catalog '" + getName() + "' is not open.");
    }
    return admin;
  }

  /** The path in our terms; empty where no table can have this name. */
  private static Optional<TablePath> valid(ObjectPath path) {
    boolean good =
        Names.problemWithDatabase(path.getDatabaseName()).isEmpty()
            && Names.problemWithTable(path.getObjectName()).isEmpty();
    return good
        ? Optional.of(TablePath.of(path.getDatabaseName(), path.getObjectName()))
        : Optional.empty();
  }

  private static TablePath existing(ObjectPath path) {
    return valid(path).orElseThrow(() -> new NotATableName(path));
  }

  private void run(String what, Runnable action) {
    call(
        what,
        () -> {
          action.run();
          return null;
        });
  }

  /** What Flink has an exception of its own for passes; all else becomes a CatalogException. */
  private <T> T call(String what, Supplier<T> action) {
    try {
      return action.get();
    } catch (DatabaseExistsException
        | DatabaseNotFoundException
        | io.fluss.admin.DatabaseNotEmptyException
        | TableExistsException
        | TableNotFoundException
        | PartitionExistsException
        | PartitionNotFoundException
        | NotATableName e) {
      throw e;
    } catch (FlussException | KafkaException e) {
      throw new CatalogException(
          "Catalog '" + getName() + "' could not " + what + ": " + settings.connection().explain(e),
          e);
    }
  }

  /** No table can have this name, so none has. */
  private static final class NotATableName extends FlussException {

    private static final long serialVersionUID = 1L;

    NotATableName(ObjectPath path) {
      super("No table can be called '" + path + "'.");
    }
  }
}
