package io.fluss.lake.paimon;

import io.fluss.admin.TableDescriptor;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeStorage;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.lake.TieredTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.paimon.table.FileStoreTable;

/** A warehouse of one test, as we and as others use it. */
final class PaimonLake implements AutoCloseable {

  private static final TablePath PATH = TablePath.of("shop", "orders");

  private final Path temporary;
  private final LakeStorage storage;
  private final ForeignPaimon foreign;

  PaimonLake(Path directory) {
    Path warehouse = directory.resolve("warehouse");
    Map<String, String> options = Map.of("warehouse", warehouse.toString());
    temporary = directory;
    storage = new PaimonLakeFormat().open(options);
    foreign = new ForeignPaimon(warehouse, options);
  }

  /** A table of {@code id BIGINT NOT NULL, name STRING} with one bucket. */
  TieredTable create(UnaryOperator<TableDescriptor.Builder> further) {
    TableInfo table =
        further
            .apply(
                TableDescriptor.builder()
                    .column("id", new BigIntType(false))
                    .column("name", new VarCharType(VarCharType.MAX_LENGTH))
                    .buckets(1))
            .build()
            .toTableInfo(PATH, UUID.randomUUID(), PATH.toString())
            .ready("topic");
    storage.createTable(table);
    return new TieredTable(storage, table, temporary);
  }

  static TableDescriptor.Builder keyed(TableDescriptor.Builder table) {
    return table.primaryKey(List.of("id"));
  }

  static List<RowData> rows(int from, int to) {
    return IntStream.range(from, to)
        .<RowData>mapToObj(i -> GenericRowData.of((long) i, StringData.fromString("n" + i)))
        .toList();
  }

  LakeStorage storage() {
    return storage;
  }

  ForeignPaimon foreign() {
    return foreign;
  }

  /** The lake table as Paimon gives it. */
  FileStoreTable lakeTable() {
    return foreign.table(PATH);
  }

  LakeSnapshot latest(TieredTable table) {
    return storage.latestSnapshot(table.info()).orElseThrow();
  }

  @Override
  public void close() {
    storage.close();
    foreign.close();
  }
}
