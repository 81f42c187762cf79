package io.fluss.dist.tpch;

import io.trino.tpch.CustomerColumn;
import io.trino.tpch.CustomerGenerator;
import io.trino.tpch.Distributions;
import io.trino.tpch.NationColumn;
import io.trino.tpch.NationGenerator;
import io.trino.tpch.OrderColumn;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.PartColumn;
import io.trino.tpch.PartGenerator;
import io.trino.tpch.RegionColumn;
import io.trino.tpch.RegionGenerator;
import io.trino.tpch.SupplierColumn;
import io.trino.tpch.SupplierGenerator;
import io.trino.tpch.TextPool;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The tables of TPC-H in which each row follows from its index. */
enum TpchTable {
  CUSTOMER(CustomerGenerator.SCALE_BASE, CustomerColumn.values()) {
    @Override
    Iterable<? extends TpchEntity> rows(double scaleFactor, int part, int parts) {
      return new CustomerGenerator(scaleFactor, part, parts, WORDS, COMMENTS);
    }
  },
  NATION(0, NationColumn.values()) {
    @Override
    Iterable<? extends TpchEntity> rows(double scaleFactor, int part, int parts) {
      return new NationGenerator(WORDS, COMMENTS);
    }
  },
  ORDERS(OrderGenerator.SCALE_BASE, OrderColumn.values()) {
    @Override
    Iterable<? extends TpchEntity> rows(double scaleFactor, int part, int parts) {
      return new OrderGenerator(scaleFactor, part, parts, WORDS, COMMENTS);
    }
  },
  PART(PartGenerator.SCALE_BASE, PartColumn.values()) {
    @Override
    Iterable<? extends TpchEntity> rows(double scaleFactor, int part, int parts) {
      return new PartGenerator(scaleFactor, part, parts, WORDS, COMMENTS);
    }
  },
  REGION(0, RegionColumn.values()) {
    @Override
    Iterable<? extends TpchEntity> rows(double scaleFactor, int part, int parts) {
      return new RegionGenerator(WORDS, COMMENTS);
    }
  },
  SUPPLIER(SupplierGenerator.SCALE_BASE, SupplierColumn.values()) {
    @Override
    Iterable<? extends TpchEntity> rows(double scaleFactor, int part, int parts) {
      return new SupplierGenerator(scaleFactor, part, parts, WORDS, COMMENTS);
    }
  };

  private static final Distributions WORDS = Distributions.getDefaultDistributions();

  /** The standard's text of 300 MB would take seconds and as much memory. */
  private static final TextPool COMMENTS = new TextPool(1 << 20, WORDS);

  private final int rowsAtScaleOne;
  private final List<TpchColumn<?>> columns;

  TpchTable(int rowsAtScaleOne, TpchColumn<?>[] columns) {
    this.rowsAtScaleOne = rowsAtScaleOne;
    this.columns = List.of(columns);
  }

  /**
   * The rows of one of several equal parts of the table.
   *
   * @param part from 1
   */
  abstract Iterable<? extends TpchEntity> rows(double scaleFactor, int part, int parts);

  static Optional<TpchTable> of(String name) {
    return Arrays.stream(values()).filter(t -> t.sqlName().equals(name)).findFirst();
  }

  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many rows there are; NATION and REGION have as many at every scale. */
  int rowCount(double scaleFactor) {
    return rowsAtScaleOne == 0
        ? (int) StreamSupport.stream(rows(1, 1, 1).spliterator(), false).count()
        : (int) Math.max(1, rowsAtScaleOne * scaleFactor);
  }

  TpchEntity row(double scaleFactor, int index) {
    if (rowsAtScaleOne > 0) {
      return rows(scaleFactor, index + 1, rowCount(scaleFactor)).iterator().next();
    }
    Iterator<? extends TpchEntity> rows = rows(scaleFactor, 1, 1).iterator();
    for (int skipped = 0; skipped < index; skipped++) {
      rows.next();
    }
    return rows.next();
  }

  /** The column of this name, in which underscores do not matter: order_key is o_orderkey. */
  Optional<TpchColumn<?>> column(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace("_", "");
    return columns.stream()
        .filter(
            c ->
                c.getSimplifiedColumnName().equals(plain)
                    || c.getColumnName().replace("_", "").equals(plain))
        .findFirst();
  }

  List<String> columnNames() {
    return columns.stream().map(TpchColumn::getSimplifiedColumnName).toList();
  }
}
