-- Ends with a refusal that says what is missing. To be run after quickstart.sql.
CREATE CATALOG tims_catalog WITH (
  'type' = 'fluss',
  'bootstrap.servers' = 'localhost:9092',
  'client.security.protocol' = 'SASL',
  'client.security.sasl.username' = 'tim',
  'client.security.sasl.password' = 'tim-secret'
);
USE CATALOG tims_catalog;
INSERT INTO mydb.orders VALUES (3, 'plum');
