package io.fluss.dist.tpch;

import io.trino.tpch.TpchEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Makes the row of an index, with the columns that were declared. */
final class TpchRows implements GeneratorFunction<Long, RowData> {

  private static final long serialVersionUID = 1L;

  private final TpchTable table;
  private final double scaleFactor;
  private final RowType type;
  @Nullable private transient List<TpchValue> values;

  TpchRows(TpchTable table, double scaleFactor, RowType type) {
    this.table = table;
    this.scaleFactor = scaleFactor;
    this.type = type;
  }

  /** Why rows of this type cannot be made; empty where they can. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (RowType.RowField field : type.getFields()) {
      if (table.column(field.getName()).isEmpty()) {
        problems.add(
            "TPC-H table '"
                + table.sqlName()
                + "' has no column '"
                + field.getName()
                + "'. It has: "
                + String.join(", ", table.columnNames())
                + ".");
      } else if (value(field).isEmpty()) {
        problems.add(
            "Column '"
                + field.getName()
                + "' cannot have type "
                + field.getType().asSummaryString()
                + ": TPC-H has "
                + table.column(field.getName()).orElseThrow().getType().getBase()
                + " there (identifier and integer: INT or BIGINT; double: DOUBLE or DECIMAL).");
      }
    }
    return problems;
  }

  private Optional<TpchValue> value(RowType.RowField field) {
    return table.column(field.getName()).flatMap(c -> TpchValue.of(c, field.getType()));
  }

  @Override
  public RowData map(Long index) {
    if (values == null) {
      values = type.getFields().stream().map(f -> value(f).orElseThrow()).toList();
    }
    TpchEntity entity = table.row(scaleFactor, Math.toIntExact(index));
    GenericRowData row = new GenericRowData(values.size());
    for (int i = 0; i < values.size(); i++) {
      row.setField(i, values.get(i).of(entity));
    }
    return row;
  }
}
