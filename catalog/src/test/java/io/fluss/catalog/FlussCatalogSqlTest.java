package io.fluss.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.testkit.kafka.SharedKafka;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlussCatalogSqlTest {

  private final String database = SharedKafka.uniqueDatabase();

  private TableEnvironment flink;

  @BeforeEach
  void openCatalog() {
    flink = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    sql(
        """
        CREATE CATALOG lake WITH (
          'type' = 'fluss',
          'bootstrap.servers' = '%s',
          'properties.client.dns.lookup' = 'use_all_dns_ips',
          'properties.ssl.keystore.password' = 'hunter2',
          'client.writer.batch-timeout' = '10 ms')"""
            .formatted(SharedKafka.kafka().bootstrapServers()));
    sql("USE CATALOG lake");
    sql("CREATE DATABASE " + database + " COMMENT 'a shop' WITH ('owner' = 'me')");
    sql("USE " + database);
  }

  @AfterEach
  void dropDatabase() {
    sql("USE fluss");
    sql("DROP DATABASE IF EXISTS " + database + " CASCADE");
    sql("USE CATALOG default_catalog");
    sql("DROP CATALOG lake");
  }

  @Test
  void databasesAreListedDescribedAlteredAndDropped() {
    assertThat(column("SHOW DATABASES")).contains("fluss", database);
    assertThat(column("SHOW CURRENT DATABASE")).containsExactly(database);
    assertThat(described().getComment()).isEqualTo("a shop");
    assertThat(described().getProperties()).isEqualTo(Map.of("owner", "me"));

    sql("ALTER DATABASE " + database + " SET ('owner' = 'you', 'tier' = '1')");
    assertThat(described().getComment()).isEqualTo("a shop");
    assertThat(described().getProperties()).isEqualTo(Map.of("owner", "you", "tier", "1"));

    sql("CREATE DATABASE IF NOT EXISTS " + database);
    sql("CREATE DATABASE IF NOT EXISTS fluss");
    refused("CREATE DATABASE " + database).hasStackTraceContaining("already exist");
    sql("CREATE TABLE t (a INT)");
    sql("USE fluss");
    refused("DROP DATABASE " + database + " RESTRICT").hasStackTraceContaining("is not empty");
    sql("DROP DATABASE " + database + " CASCADE");
    assertThat(column("SHOW DATABASES")).doesNotContain(database);
    refused("DROP DATABASE " + database).hasStackTraceContaining("does not exist");
    sql("DROP DATABASE IF EXISTS " + database);
    refused("CREATE DATABASE `no.dots`").hasStackTraceContaining("may hold only ASCII letters");
  }

  @Test
  void theDefaultDatabaseIsNeverDropped() {
    // Given
    String table = "kept_" + database;
    sql("CREATE TABLE fluss." + table + " (a INT)");
    try {
      // When // Then
      for (String drop : List.of("DROP DATABASE fluss", "DROP DATABASE IF EXISTS fluss CASCADE")) {
        refused(drop)
            .hasStackTraceContaining("could not drop database 'fluss'")
            .hasStackTraceContaining("it is the default database and always exists.");
      }
      assertThat(column("SHOW TABLES FROM fluss")).contains(table);
    } finally {
      sql("DROP TABLE fluss." + table);
    }
  }

  @Test
  void tablesAreCreatedListedRenamedAndDropped() {
    sql("CREATE TABLE orders (id BIGINT NOT NULL, item STRING)");
    sql("CREATE TABLE IF NOT EXISTS orders (x INT)");
    refused("CREATE TABLE orders (x INT)").hasStackTraceContaining("already exists");
    assertThat(column("SHOW TABLES")).containsExactly("orders");
    assertThat(sql("DESCRIBE orders"))
        .containsExactly(
            Row.of("id", "BIGINT", false, null, null, null),
            Row.of("item", "STRING", true, null, null, null));

    sql("ALTER TABLE orders RENAME TO bought");
    sql("CREATE TABLE orders (other INT)");
    assertThat(column("SHOW TABLES")).containsExactly("bought", "orders");
    assertThat(column("DESCRIBE bought")).containsExactly("id", "item");
    assertThat(column("DESCRIBE orders")).containsExactly("other");
    refused("ALTER TABLE orders RENAME TO bought").hasStackTraceContaining("already exists");

    sql("DROP TABLE bought");
    assertThat(column("SHOW TABLES")).containsExactly("orders");
    refused("DROP TABLE bought").hasStackTraceContaining("does not exist");
    sql("DROP TABLE IF EXISTS bought");
  }

  @Test
  void whatIsDeclaredSurvives() {
    sql(
        """
        CREATE TABLE orders (
          id BIGINT NOT NULL COMMENT 'number of the order',
          price DECIMAL(10, 2),
          qty INT,
          total AS price * qty COMMENT 'what to pay',
          item ROW<name STRING, tags ARRAY<STRING>, sizes MAP<STRING, INT>>,
          placed TIMESTAMP(3),
          log_offset BIGINT METADATA FROM 'offset' VIRTUAL,
          `timestamp` TIMESTAMP_LTZ(3) METADATA VIRTUAL,
          WATERMARK FOR placed AS placed - INTERVAL '5' SECOND
        ) COMMENT 'the orders' WITH (
          'bucket.num' = '3', 'bucket.key' = 'id', 'table.log.ttl' = '3 d',
          'table.log.arrow.compression.zstd.level' = '5')""");

    String created = column("SHOW CREATE TABLE orders").get(0);
    assertThat(created)
        .contains("COMMENT 'number of the order'", "COMMENT 'what to pay'", "COMMENT 'the orders'")
        .contains("`total` AS `price` * `qty`")
        .contains("`log_offset` BIGINT METADATA FROM 'offset' VIRTUAL")
        .contains("`timestamp` TIMESTAMP(3) WITH LOCAL TIME ZONE METADATA VIRTUAL")
        .contains("WATERMARK FOR `placed` AS `placed` - INTERVAL '5' SECOND")
        .contains("'bucket.num' = '3'", "'bucket.key' = 'id'", "'table.log.ttl' = '3 d'")
        .doesNotContain("bootstrap", "hunter2", "properties.", "client.writer");

    sql("ALTER TABLE orders RENAME TO before_orders");
    sql(created);
    assertThat(column("SHOW CREATE TABLE orders")).containsExactly(created);

    sql("CREATE TABLE alike WITH ('bucket.num' = '5') LIKE orders (OVERWRITING OPTIONS)");
    assertThat(column("SHOW CREATE TABLE alike").get(0))
        .as("LIKE copies all but the comment of the table")
        .isEqualTo(
            created
                .replace("`orders`", "`alike`")
                .replace("COMMENT 'the orders'\n", "")
                .replace("'bucket.num' = '3'", "'bucket.num' = '5'"));

    assertThat(sql("DESCRIBE orders").toString()).contains("`placed` - INTERVAL '5' SECOND");
  }

  @Test
  void aPrimaryKeySurvives() {
    sql(
        """
        CREATE TABLE customers (
          shop STRING, id BIGINT, name STRING, seen TIMESTAMP(3),
          PRIMARY KEY (shop, id) NOT ENFORCED
        ) WITH (
          'bucket.num' = '3',
          'table.merge-engine' = 'versioned',
          'table.merge-engine.versioned.ver-column' = 'seen',
          'table.delete.behavior' = 'DISABLE')""");

    assertThat(sql("DESCRIBE customers"))
        .containsExactly(
            Row.of("shop", "STRING", false, "PRI(shop, id)", null, null),
            Row.of("id", "BIGINT", false, "PRI(shop, id)", null, null),
            Row.of("name", "STRING", true, null, null, null),
            Row.of("seen", "TIMESTAMP(3)", true, null, null, null));
    String created = column("SHOW CREATE TABLE customers").get(0);
    assertThat(created)
        .contains("CONSTRAINT `PK_shop_id` PRIMARY KEY (`shop`, `id`) NOT ENFORCED")
        .contains("`id` BIGINT NOT NULL", "`name` VARCHAR(2147483647),")
        .contains("'bucket.num' = '3'", "'table.merge-engine' = 'versioned'")
        .contains("'table.merge-engine.versioned.ver-column' = 'seen'")
        .contains("'table.delete.behavior' = 'DISABLE'")
        .doesNotContain("bucket.key");

    sql("ALTER TABLE customers RENAME TO before_customers");
    sql(created);
    assertThat(column("SHOW CREATE TABLE customers")).containsExactly(created);

    sql("CREATE TABLE alike LIKE customers");
    assertThat(column("SHOW CREATE TABLE alike").get(0))
        .isEqualTo(created.replace("`customers`", "`alike`"));
  }

  @Test
  void theBucketKeyOfAPrimaryKeyTableIsShownWhereItIsNotTheDefault() {
    sql(
        """
        CREATE TABLE t (a INT, b INT, PRIMARY KEY (a, b) NOT ENFORCED) WITH ('bucket.key' = 'b')""");
    assertThat(column("SHOW CREATE TABLE t").get(0)).contains("'bucket.key' = 'b'");
    sql(
        """
        CREATE TABLE u (a INT, b INT, PRIMARY KEY (a, b) NOT ENFORCED)
        DISTRIBUTED BY HASH(a, b) INTO 2 BUCKETS""");
    assertThat(column("SHOW CREATE TABLE u").get(0)).doesNotContain("bucket.key");
    refused(
            """
            CREATE TABLE v (a INT, b INT, c INT, PRIMARY KEY (a, b) NOT ENFORCED)
            WITH ('bucket.key' = 'a,c')""")
        .hasStackTraceContaining("names column 'c', which is not of the primary key (a, b)");
  }

  @Test
  void distributedByIsTheSameAsTheOptions() {
    sql("CREATE TABLE t (a INT, b STRING) DISTRIBUTED BY HASH(a, b) INTO 4 BUCKETS");
    assertThat(column("SHOW CREATE TABLE t").get(0))
        .contains("'bucket.num' = '4'", "'bucket.key' = 'a,b'");
    refused(
            "CREATE TABLE u (a INT) DISTRIBUTED BY HASH(a) INTO 4 BUCKETS WITH ('bucket.num' = '5')")
        .hasStackTraceContaining("DISTRIBUTED says 'bucket.num' = '4' and the option says '5'.");
  }

  @Test
  void allProblemsAreNamedAtOnceAndNothingIsCreated() {
    refused(
            """
            CREATE TABLE `bad.name` (
              id BIGINT, __offset BIGINT, m MULTISET<STRING>, tags ARRAY<STRING>,
              PRIMARY KEY (id, tags) NOT ENFORCED
            ) PARTITIONED BY (tags) WITH (
              'connector' = 'kafka',
              'bucket.num' = '0',
              'bucket.key' = 'id,id,nope,tags',
              'table.log.tll' = '1 d',
              'table.log.ttl' = 'soon',
              'table.replication.factor' = '-1',
              'table.log.arrow.compression.zstd.level' = '23',
              'properties.sasl.jaas.config' = 'secret')""")
        .hasStackTraceContaining(
            "'%s.bad.name' cannot be created for 16 reasons".formatted(database))
        .hasStackTraceContaining("'connector' is 'kafka'")
        .hasStackTraceContaining("Table name 'bad.name' may hold only ASCII")
        .hasStackTraceContaining("Column name '__offset' is kept for internal use")
        .hasStackTraceContaining("Cannot store column 'm' in Arrow batches: type MULTISET<STRING>")
        .hasStackTraceContaining("The primary key names column 'tags' of type ARRAY<STRING>")
        .hasStackTraceContaining("PARTITIONED BY names column 'tags' of type ARRAY<STRING>")
        .hasStackTraceContaining("'bucket.num' is '0' and must be at least 1.")
        .hasStackTraceContaining("names column 'id' more than once")
        .hasStackTraceContaining("names column 'nope', which is not a stored column")
        .hasStackTraceContaining("names column 'tags' of type ARRAY<STRING>")
        .hasStackTraceContaining("'table.log.tll' is unknown. Did you mean 'table.log.ttl'?")
        .hasStackTraceContaining("'table.log.ttl' has the value 'soon', which cannot be read")
        .hasStackTraceContaining("'table.replication.factor' is '-1'")
        .hasStackTraceContaining("'table.log.arrow.compression.zstd.level' is '23'")
        .hasStackTraceContaining("'properties.sasl.jaas.config' says how to reach Kafka");
    assertThat(column("SHOW TABLES")).isEmpty();
  }

  @Test
  void storedOptionsOfWritersSourceAndSinkAreCheckedToo() {
    // When
    AbstractThrowableAssert<?, ? extends Throwable> refusal =
        refused(
            """
            CREATE TABLE t (a INT, o BIGINT METADATA FROM 'ofset', b BOOLEAN METADATA FROM 'timestamp')
            WITH (
              'client.writer.batch-size' = '100 b',
              'client.writer.buffer.memory-size' = '10 kb',
              'client.writer.batch-timeout' = 'soon',
              'sink.delivery-guarantee' = 'none',
              'sink.parallelism' = '0',
              'scan.parallelism' = '0',
              'scan.startup.mode' = 'timestamp',
              'scan.bounded.mode' = 'timestamp',
              'scan.bounded.timestamp' = 'yesterday')""");
    // Then
    refusal
        .hasStackTraceContaining("'%s.t' cannot be created for 12 reasons".formatted(database))
        .hasStackTraceContaining("'client.writer.batch-size' is '100 b', expected at least 1 kb.")
        .hasStackTraceContaining(
            "'client.writer.buffer.memory-size' is '10 kb', expected at least 1 mb.")
        .hasStackTraceContaining("'client.writer.batch-timeout' has the value 'soon'")
        .hasStackTraceContaining("'sink.delivery-guarantee' is 'none'")
        .hasStackTraceContaining("'sink.parallelism' is 0, expected 1 or more.")
        .hasStackTraceContaining("'scan.parallelism' = '0' must be at least 1.")
        .hasStackTraceContaining("'timestamp' needs 'scan.startup.timestamp'")
        .hasStackTraceContaining("'scan.bounded.timestamp' = 'yesterday' is not a time")
        .hasStackTraceContaining(
            "Column 'o' is of metadata key 'ofset', which does not exist."
                + " Keys: offset, row-index, timestamp, bucket, partition.")
        .hasStackTraceContaining("Column 'b' is of type BOOLEAN, and metadata key 'timestamp'")
        .hasStackTraceContaining("Column 'o' is METADATA and not VIRTUAL")
        .hasStackTraceContaining("Column 'b' is METADATA and not VIRTUAL");
    refused("CREATE TABLE t (a INT, o BIGINT METADATA FROM 'offset')")
        .hasStackTraceContaining("'%s.t' cannot be created".formatted(database))
        .hasStackTraceContaining("Column 'o' is METADATA and not VIRTUAL, so that every INSERT")
        .hasStackTraceContaining("Declare it VIRTUAL.");
    refused("CREATE TABLE t (a INT) WITH ('scan.startup.timestamp' = '17')")
        .hasStackTraceContaining("'scan.startup.timestamp' = '17' has no effect without");
    refused("CREATE TABLE t (a INT) WITH ('client.writer.batch-size' = '64 mb')")
        .hasStackTraceContaining("more than half of 'client.writer.buffer.memory-size'");
    assertThat(column("SHOW TABLES")).isEmpty();
  }

  @Test
  void whatIsNotThereSaysSoInOneSentence() {
    sql("CREATE TABLE t (a INT)");
    refused("ALTER TABLE t ADD PRIMARY KEY (a) NOT ENFORCED")
        .hasStackTraceContaining("The primary key was settled when the table was created");
    refused("ALTER TABLE t SET ('bucket.num' = '2')")
        .hasStackTraceContaining(
            "'%s.t' cannot be changed: Option 'bucket.num' was settled when the table was created"
                .formatted(database));
    refused("ALTER TABLE t SET ('table.log.tll' = '1 d', 'client.writer.batch-size' = '100 b')")
        .hasStackTraceContaining("'%s.t' cannot be changed for 2 reasons".formatted(database))
        .hasStackTraceContaining("Did you mean 'table.log.ttl'?");
    refused("CREATE VIEW v AS SELECT * FROM t").hasStackTraceContaining("Views and materialized");
    refused("CREATE FUNCTION f AS 'java.lang.Object'").hasStackTraceContaining("Functions stored");
    refused("ALTER TABLE t ADD PARTITION (a = 1)").hasStackTraceContaining("artition");
    assertThat(column("SHOW VIEWS")).isEmpty();
  }

  @Test
  void catalogOptionsAreCheckedTogether() {
    refused(
            """
            CREATE CATALOG bad WITH (
              'type' = 'fluss', 'default-databse' = 'x', 'client.writer.batch-timeout' = 'soon',
              'client.writer.batch-size' = '1 b')""")
        .hasStackTraceContaining("'bootstrap.servers' is missing")
        .hasStackTraceContaining("'default-databse' is unknown. Did you mean 'default-database'?")
        .hasStackTraceContaining("'client.writer.batch-timeout' has the value 'soon'")
        .hasStackTraceContaining("'client.writer.batch-size' is '1 b', expected at least 1 kb");
    refused(
            "CREATE CATALOG bad WITH ('type' = 'fluss', 'default-database' = 'nope',"
                + " 'bootstrap.servers' = '"
                + SharedKafka.kafka().bootstrapServers()
                + "')")
        .hasStackTraceContaining("'default-database' = 'nope', and that database does not exist");
  }

  @Test
  void aClusterThatDoesNotAnswerIsNamed() {
    refused("CREATE CATALOG bad WITH ('type' = 'fluss', 'bootstrap.servers' = '127.0.0.1:1')")
        .hasStackTraceContaining("Kafka at '127.0.0.1:1' cannot be used");
  }

  /** Flink 2.2.0 refuses DESCRIBE DATABASE while it validates, for every catalog. */
  private CatalogDatabase described() {
    try {
      return flink.getCatalog("lake").orElseThrow().getDatabase(database);
    } catch (DatabaseNotExistException e) {
      throw new AssertionError(e);
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(String statement) {
    return assertThatThrownBy(() -> sql(statement));
  }

  private List<Row> sql(String statement) {
    return CollectionUtil.iteratorToList(flink.executeSql(statement).collect());
  }

  private List<String> column(String statement) {
    return sql(statement).stream().map(r -> String.valueOf(r.getField(0))).toList();
  }
}
