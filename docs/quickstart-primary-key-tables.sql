-- Primary-key tables in one go: orders, customers and nations arrive, orders are enriched by two lookup joins, and
-- tables are asked and changed. Run it with:
--
--   bin/fluss sql -f docs/quickstart-primary-key-tables.sql
--
-- Without --bootstrap this starts an empty Kafka on localhost:9092 and drops it at the end.

SET 'sql-client.execution.result-mode' = 'tableau';
-- Each INSERT ends before the next statement begins.
SET 'table.dml-sync' = 'true';

-- 1. Data from the TPC-H generator: 1,500 orders of 150 customers in 25 nations.

CREATE TEMPORARY TABLE source_order (
  order_key      BIGINT,
  cust_key       INT,
  total_price    DECIMAL(15, 2),
  order_date     DATE,
  order_priority STRING,
  clerk          STRING
) WITH ('connector' = 'tpch', 'table' = 'orders', 'scale-factor' = '0.001');

CREATE TEMPORARY TABLE source_customer (
  cust_key    INT,
  name        STRING,
  phone       STRING,
  nation_key  INT NOT NULL,
  acctbal     DECIMAL(15, 2),
  mktsegment  STRING,
  PRIMARY KEY (cust_key) NOT ENFORCED
) WITH ('connector' = 'tpch', 'table' = 'customer', 'scale-factor' = '0.001');

CREATE TEMPORARY TABLE source_nation (
  nation_key INT NOT NULL,
  name       STRING,
  PRIMARY KEY (nation_key) NOT ENFORCED
) WITH ('connector' = 'tpch', 'table' = 'nation');

-- 2. Tables on Kafka.

CREATE CATALOG fluss_catalog WITH ('type' = 'fluss', 'bootstrap.servers' = 'localhost:9092');
USE CATALOG fluss_catalog;

CREATE TABLE fluss_order (
  order_key      BIGINT,
  cust_key       INT NOT NULL,
  total_price    DECIMAL(15, 2),
  order_date     DATE,
  order_priority STRING,
  clerk          STRING,
  ptime AS PROCTIME(),
  PRIMARY KEY (order_key) NOT ENFORCED
) WITH ('bucket.num' = '4');

CREATE TABLE fluss_customer (
  cust_key   INT NOT NULL,
  name       STRING,
  phone      STRING,
  nation_key INT NOT NULL,
  acctbal    DECIMAL(15, 2),
  mktsegment STRING,
  PRIMARY KEY (cust_key) NOT ENFORCED
);

CREATE TABLE fluss_nation (
  nation_key INT NOT NULL,
  name       STRING,
  PRIMARY KEY (nation_key) NOT ENFORCED
);

CREATE TABLE enriched_orders (
  order_key       BIGINT,
  cust_key        INT NOT NULL,
  total_price     DECIMAL(15, 2),
  order_date      DATE,
  order_priority  STRING,
  clerk           STRING,
  cust_name       STRING,
  cust_phone      STRING,
  cust_acctbal    DECIMAL(15, 2),
  cust_mktsegment STRING,
  nation_name     STRING,
  PRIMARY KEY (order_key) NOT ENFORCED
) WITH ('bucket.num' = '4');

EXECUTE STATEMENT SET
BEGIN
  INSERT INTO fluss_nation SELECT * FROM default_catalog.default_database.source_nation;
  INSERT INTO fluss_customer SELECT * FROM default_catalog.default_database.source_customer;
  INSERT INTO fluss_order SELECT * FROM default_catalog.default_database.source_order;
END;

-- 3. Enrichment. Without the hint this job would go on with each order that comes; with it, it ends at what is there.

INSERT INTO enriched_orders
SELECT
  o.order_key, o.cust_key, o.total_price, o.order_date, o.order_priority, o.clerk,
  c.name, c.phone, c.acctbal, c.mktsegment,
  n.name
FROM fluss_order /*+ OPTIONS('scan.bounded.mode' = 'latest') */ AS o
LEFT JOIN fluss_customer FOR SYSTEM_TIME AS OF o.ptime AS c ON o.cust_key = c.cust_key
LEFT JOIN fluss_nation FOR SYSTEM_TIME AS OF o.ptime AS n ON c.nation_key = n.nation_key;

-- 4. Ad-hoc questions, in batch mode: the answer is the table's state now.

SET 'execution.runtime-mode' = 'batch';

SELECT COUNT(*) AS orders FROM enriched_orders;

SELECT order_key, cust_name, nation_name FROM enriched_orders LIMIT 2;

SELECT nation_name, COUNT(*) AS orders, SUM(total_price) AS total
FROM enriched_orders GROUP BY nation_name ORDER BY nation_name LIMIT 3;

-- 5. A point query reads one bucket.

SELECT cust_key, name, nation_key FROM fluss_customer WHERE cust_key = 1;

-- 6. UPDATE and DELETE.

UPDATE fluss_customer SET name = 'fluss_updated' WHERE cust_key = 1;
SELECT cust_key, name, nation_key FROM fluss_customer WHERE cust_key = 1;

DELETE FROM fluss_customer WHERE cust_key = 1;
SELECT COUNT(*) AS customers FROM fluss_customer;
