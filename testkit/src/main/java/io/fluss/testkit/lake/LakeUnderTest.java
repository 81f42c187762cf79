package io.fluss.testkit.lake;

import io.fluss.admin.TableDescriptor;
import io.fluss.lake.LakeFormat;
import io.fluss.lake.LakeStorage;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * A lake of a format in a directory of its own, and those who use it: we, others, another client of
 * ours.
 */
final class LakeUnderTest implements AutoCloseable {

  static final TablePath PATH = TablePath.of("shop", "orders");

  private final LakeFormat format;
  private final Map<String, String> options;
  private final Path temporaryDirectory;
  private final LakeStorage storage;
  private final ForeignLake foreign;

  LakeUnderTest(
      LakeFormat format,
      Map<String, String> options,
      Path temporaryDirectory,
      ForeignLake foreign) {
    this.format = format;
    this.options = options;
    this.temporaryDirectory = temporaryDirectory;
    this.storage = format.open(options);
    this.foreign = foreign;
  }

  LakeFormat format() {
    return format;
  }

  LakeStorage storage() {
    return storage;
  }

  ForeignLake foreign() {
    return foreign;
  }

  Path temporaryDirectory() {
    return temporaryDirectory;
  }

  /** The lake as another process has it opened; the test closes it. */
  LakeStorage openAgain() {
    return format.open(options);
  }

  /** Option {@code <format>.<key>}. */
  String option(String key) {
    return format.identifier() + "." + key;
  }

  // -------------------------------------------------------------------------------------- tables

  /** A table of the name that all tests use. */
  static TableInfo table(UnaryOperator<TableDescriptor.Builder> description) {
    return table(PATH, description);
  }

  static TableInfo table(TablePath path, UnaryOperator<TableDescriptor.Builder> description) {
    return description
        .apply(TableDescriptor.builder())
        .build()
        .toTableInfo(path, UUID.randomUUID(), path.toString())
        .ready("topic");
  }

  /** Columns {@code id BIGINT, name STRING}. */
  static TableDescriptor.Builder idAndName(TableDescriptor.Builder table) {
    return table
        .column("id", new BigIntType(false))
        .column("name", new VarCharType(VarCharType.MAX_LENGTH));
  }

  /** Columns of a row type. */
  static UnaryOperator<TableDescriptor.Builder> columns(RowType type) {
    return table -> {
      type.getFields().forEach(f -> table.column(f.getName(), f.getType()));
      return table;
    };
  }

  /** The table in the lake, to be filled. */
  TieredTable create(TableInfo table) {
    storage.createTable(table);
    return open(table);
  }

  /** The table, which may be in the lake already. */
  TieredTable open(TableInfo table) {
    return new TieredTable(storage, table, temporaryDirectory);
  }

  @Override
  public void close() {
    storage.close();
    foreign.close();
  }
}
