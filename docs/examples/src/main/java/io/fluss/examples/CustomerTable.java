package io.fluss.examples;

import io.fluss.admin.TableDescriptor;
import io.fluss.client.Connection;
import io.fluss.client.ConnectionFactory;
import io.fluss.client.admin.Admin;
import io.fluss.client.admin.DatabaseDescriptor;
import io.fluss.client.lookup.Lookuper;
import io.fluss.client.lookup.TypedLookuper;
import io.fluss.client.table.Table;
import io.fluss.client.write.TypedUpsertWriter;
import io.fluss.table.TablePath;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;

/** Keeps customers in a primary-key table, as objects, and finds them by key and by prefix. */
public final class CustomerTable {

  private CustomerTable() {}

  /** A column {@code id} goes with {@code id}, a column {@code full_name} with {@code fullName}. */
  public record Customer(String region, long id, String fullName) {}

  public static void main(String[] args) throws Exception {
    try (Connection connection =
        ConnectionFactory.createConnection(Map.of("bootstrap.servers", args[0]))) {
      TablePath path = TablePath.of("examples", "customers");
      Admin admin = connection.getAdmin();
      admin.createDatabase("examples", DatabaseDescriptor.EMPTY, true).get();
      TableDescriptor descriptor =
          TableDescriptor.builder()
              .column("region", new VarCharType(false, 10))
              .column("id", new BigIntType(false))
              .column("full_name", VarCharType.STRING_TYPE)
              .primaryKey(List.of("region", "id"))
              .bucketKey("region")
              .buckets(2)
              .build();
      admin.createTable(path, descriptor, true).get();
      Table customers = connection.getTable(path);

      try (TypedUpsertWriter<Customer> writer =
          customers.newUpsert().createTypedWriter(Customer.class)) {
        writer.upsert(new Customer("eu", 1, "Ada"));
        writer.upsert(new Customer("eu", 2, "Alan"));
        writer.upsert(new Customer("us", 3, "Grace"));
        writer.delete(new Customer("eu", 2, null));
        writer.flush();
      }

      try (TypedLookuper<Customer> byKey =
          customers.newLookup().createTypedLookuper(Customer.class)) {
        System.out.println(byKey.lookup(new Customer("us", 3, null)).get());
      }
      try (Lookuper byRegion = customers.newLookup().lookupBy("region").createLookuper()) {
        GenericRowData europe = GenericRowData.of(StringData.fromString("eu"));
        for (RowData row : byRegion.lookup(europe).get().getRowList()) {
          System.out.println(row.getLong(1) + ": " + row.getString(2));
        }
      }
    }
  }
}
