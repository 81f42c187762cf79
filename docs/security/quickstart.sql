-- Who may do what, from the first grant to the last. Needs a Kafka with logins and an authorizer:
--
--   bin/fluss kafka --sasl --user admin:admin-secret --user tim:tim-secret --super-user admin
--   bin/fluss sql -f docs/security/quickstart.sql --bootstrap localhost:9092

SET 'execution.runtime-mode' = 'batch';

-- Each catalog is somebody's view of the same Kafka.
CREATE CATALOG admin_catalog WITH (
  'type' = 'fluss',
  'bootstrap.servers' = 'localhost:9092',
  'client.security.protocol' = 'SASL',
  'client.security.sasl.username' = 'admin',
  'client.security.sasl.password' = 'admin-secret'
);

CREATE CATALOG tims_catalog WITH (
  'type' = 'fluss',
  'bootstrap.servers' = 'localhost:9092',
  'client.security.protocol' = 'SASL',
  'client.security.sasl.username' = 'tim',
  'client.security.sasl.password' = 'tim-secret'
);

CREATE DATABASE admin_catalog.mydb;
CREATE TABLE admin_catalog.mydb.orders (id BIGINT, item STRING);
CREATE TABLE admin_catalog.mydb.refunds (id BIGINT, reason STRING);
CREATE DATABASE admin_catalog.payroll;
CREATE TABLE admin_catalog.payroll.salaries (name STRING, amount DECIMAL(10, 2));
INSERT INTO admin_catalog.mydb.orders VALUES (1, 'apple');

-- Tim may read one database. He does not see the other one.
CALL admin_catalog.sys.add_acl(resource => 'cluster.mydb', permission => 'ALLOW', principal => 'User:tim', operation => 'READ', host => '*');
USE CATALOG tims_catalog;
SHOW DATABASES;
SELECT * FROM mydb.orders;

-- He may also write one table of it. By position; the host may be left out.
CALL admin_catalog.sys.add_acl('cluster.mydb.orders', 'ALLOW', 'User:tim', 'WRITE');
INSERT INTO mydb.orders VALUES (2, 'pear');
SELECT COUNT(*) AS orders FROM mydb.orders;

-- What was granted, and how it is called.
CALL admin_catalog.sys.list_acl();
CALL admin_catalog.sys.help('add_acl');

-- The second right is taken back; what the first one needs stays.
CALL admin_catalog.sys.drop_acl(resource => 'cluster.mydb.orders', permission => 'ANY', principal => 'User:tim', operation => 'ANY');
SELECT COUNT(*) AS orders FROM mydb.orders;
