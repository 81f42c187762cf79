package io.fluss.lake.paimon;

import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.lake.ForeignLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.options.ExpireConfig;
import org.apache.paimon.options.Options;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.TableCommitImpl;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.IOUtils;

/** Paimon's tables through Paimon alone; rows are copied value by value. */
final class ForeignPaimon implements ForeignLake {

  private final Path warehouse;
  private final Catalog catalog;

  ForeignPaimon(Path warehouse, Map<String, String> options) {
    this.warehouse = warehouse;
    this.catalog =
        CatalogFactory.createCatalog(CatalogContext.create(Options.fromMap(withoutCache(options))));
  }

  private static Map<String, String> withoutCache(Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put("cache-enabled", "false");
    return all;
  }

  FileStoreTable table(TablePath path) {
    try {
      return (FileStoreTable) catalog.getTable(Identifier.create(path.database(), path.table()));
    } catch (Catalog.TableNotExistException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<String> columns(TablePath table) {
    return table(table).rowType().getFieldNames();
  }

  @Override
  public Map<String, String> properties(TablePath table) {
    return table(table).options();
  }

  @Override
  public int snapshots(TablePath table) {
    try {
      return (int) table(table).snapshotManager().snapshotCount();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<RowData> rows(TableInfo table) {
    FileStoreTable lakeTable = table(table.path());
    ReadBuilder read = lakeTable.newReadBuilder();
    List<RowData> rows = new ArrayList<>();
    try (RecordReader<InternalRow> reader = read.newRead().createReader(read.newScan().plan())) {
      reader.forEachRemaining(row -> rows.add(row(row, lakeTable.rowType())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static RowData row(InternalRow row, RowType type) {
    GenericRowData copy = new GenericRowData(type.getFieldCount());
    for (int i = 0; i < type.getFieldCount(); i++) {
      Object field = InternalRow.createFieldGetter(type.getTypeAt(i), i).getFieldOrNull(row);
      copy.setField(i, value(field, type.getTypeAt(i)));
    }
    return copy;
  }

  private static Object value(Object paimon, DataType type) {
    if (paimon instanceof BinaryString string) {
      return StringData.fromString(string.toString());
    }
    if (paimon instanceof Decimal decimal) {
      return DecimalData.fromBigDecimal(
          decimal.toBigDecimal(), decimal.precision(), decimal.scale());
    }
    if (paimon instanceof Timestamp time) {
      return TimestampData.fromLocalDateTime(time.toLocalDateTime());
    }
    if (paimon instanceof InternalArray array) {
      return array(array, ((ArrayType) type).getElementType());
    }
    if (paimon instanceof InternalMap map) {
      Object[] keys = elements(map.keyArray(), ((MapType) type).getKeyType());
      Object[] values = elements(map.valueArray(), ((MapType) type).getValueType());
      Map<Object, Object> copy = new HashMap<>();
      for (int i = 0; i < keys.length; i++) {
        copy.put(keys[i], values[i]);
      }
      return new GenericMapData(copy);
    }
    return paimon instanceof InternalRow nested ? row(nested, (RowType) type) : paimon;
  }

  private static GenericArrayData array(InternalArray array, DataType elementType) {
    return new GenericArrayData(elements(array, elementType));
  }

  private static Object[] elements(InternalArray array, DataType type) {
    Object[] elements = new Object[array.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = value(InternalArray.createElementGetter(type).getElementOrNull(array, i), type);
    }
    return elements;
  }

  @Override
  public void commitNothing(TableInfo table) {
    TableCommitImpl commit = table(table.path()).newCommit("somebody");
    commit.ignoreEmptyCommit(false);
    commit.commit(1, List.of());
    IOUtils.closeQuietly(commit);
  }

  @Override
  public void expireSnapshots(TableInfo table) {
    table(table.path())
        .newExpireSnapshots()
        .config(
            ExpireConfig.builder()
                .snapshotRetainMin(1)
                .snapshotRetainMax(1)
                .snapshotTimeRetain(Duration.ZERO)
                .build())
        .expire();
  }

  @Override
  public List<String> dataFiles() {
    if (!Files.exists(warehouse)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(warehouse)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> f.getFileName().toString().startsWith("data-"))
          .map(Path::toString)
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      catalog.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
