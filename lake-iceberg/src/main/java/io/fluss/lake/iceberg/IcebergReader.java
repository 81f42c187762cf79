package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeReader;
import io.fluss.lake.LakeSchema;
import io.fluss.read.BatchRows;
import io.fluss.table.TableInfo;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Reads the files of a split, one after the other. One thread. */
final class IcebergReader implements LakeReader {

  private final String name;
  private final Table table;
  private final RowType rowType;
  private final Schema schema;
  private final Expression filter;
  private final boolean countOnly;
  private final Iterator<FileTask> tasks;
  @Nullable private DataFileReader file;

  /**
   * @param info with the columns of the schema
   * @param schema of the lake table when the split was planned
   */
  IcebergReader(TableInfo info, Table table, Schema schema, LakeRead read, SplitDescription split) {
    this.name = info.path().toString();
    this.table = table;
    this.countOnly = read.columns().length == 0;
    RowType all = LakeSchema.rowType(info);
    int[] columns = countOnly ? new int[] {all.getFieldIndex(LakeSchema.BUCKET)} : read.columns();
    this.rowType =
        new RowType(false, IntStream.of(columns).mapToObj(all.getFields()::get).toList());
    this.schema =
        new Schema(rowType.getFieldNames().stream().map(schema.asStruct()::field).toList());
    this.filter = filter(info, read);
    this.tasks = split.tasks(table.specs()).iterator();
  }

  /** What the condition says of columns that are read: others would be read for it alone. */
  private static Expression filter(TableInfo info, LakeRead read) {
    Set<Integer> columns =
        IntStream.of(read.columns()).boxed().collect(Collectors.toUnmodifiableSet());
    int[] known =
        IntStream.range(0, info.rowType().getFieldCount()).filter(columns::contains).toArray();
    return read.filter()
        .flatMap(f -> f.about(known))
        .flatMap(f -> new PredicateToExpression(info.rowType()).translate(f))
        .orElse(Expressions.alwaysTrue());
  }

  @Nullable
  @Override
  public BatchRows next() {
    try {
      while (true) {
        if (file == null) {
          if (!tasks.hasNext()) {
            return null;
          }
          file = DataFileReader.open(table, tasks.next(), rowType, schema, filter);
        }
        SelectedRows rows = file.next();
        if (rows == null) {
          closeFile();
        } else if (rows.rowCount() > 0) {
          return countOnly ? new RowsWithoutColumns(rows.rowCount()) : rows;
        }
      }
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  private FlussException failed(Exception e) {
    return Failures.ofRead(name, e);
  }

  private void closeFile() throws IOException {
    DataFileReader closing = file;
    file = null;
    if (closing != null) {
      closing.close();
    }
  }

  @Override
  public void close() {
    try {
      closeFile();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private record RowsWithoutColumns(int rowCount) implements BatchRows {
    @Override
    public RowData row(int index) {
      return new GenericRowData(0);
    }
  }
}
