package io.fluss.dist.tpch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TpchTableFactoryTest {

  private static TableEnvironment tables;

  @BeforeAll
  static void open() {
    tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    tables.executeSql(
        "CREATE TABLE orders (order_key BIGINT, o_custkey INT, total_price DECIMAL(15, 2),"
            + " order_date DATE, clerk STRING) WITH ('connector' = 'tpch', 'table' = 'orders',"
            + " 'scale-factor' = '0.001')");
    tables.executeSql(
        "CREATE TABLE customer (cust_key INT, name STRING, nation_key INT, acctbal DOUBLE)"
            + " WITH ('connector' = 'tpch', 'table' = 'customer')");
    tables.executeSql(
        "CREATE TABLE nation (nation_key INT, name STRING)"
            + " WITH ('connector' = 'tpch', 'table' = 'nation')");
  }

  @Test
  void makesTheRowsOfTheStandard() {
    assertThat(rows("SELECT * FROM orders WHERE order_key = 1"))
        .hasSize(1)
        .first()
        .asString()
        .matches("\\+I\\[1, 37, \\d+\\.\\d\\d, 1996-01-02, Clerk#\\d{9}]");
    assertThat(rows("SELECT * FROM nation WHERE nation_key IN (0, 24) ORDER BY nation_key"))
        .extracting(Object::toString)
        .containsExactly("+I[0, ALGERIA]", "+I[24, UNITED STATES]");
  }

  @Test
  void ordersNameCustomersAndCustomersNations() {
    assertThat(
            rows(
                "SELECT COUNT(*) FROM orders AS o JOIN customer AS c ON o.o_custkey = c.cust_key"
                    + " JOIN nation AS n ON c.nation_key = n.nation_key"))
        .extracting(Object::toString)
        .containsExactly("+I[1500]");
  }

  @Test
  void namesEveryColumnItCannotMake() {
    tables.executeSql(
        "CREATE TABLE wrong (order_key STRING, weight DOUBLE)"
            + " WITH ('connector' = 'tpch', 'table' = 'orders')");

    assertThatThrownBy(() -> rows("SELECT * FROM wrong"))
        .rootCause()
        .hasMessageContaining("Column 'order_key' cannot have type STRING")
        .hasMessageContaining("has no column 'weight'. It has: orderkey, custkey");
  }

  private static List<?> rows(String sql) {
    return CollectionUtil.iteratorToList(tables.executeSql(sql).collect());
  }
}
