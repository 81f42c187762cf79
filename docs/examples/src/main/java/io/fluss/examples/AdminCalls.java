package io.fluss.examples;

import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.acl.Operation;
import io.fluss.acl.Principal;
import io.fluss.admin.OptionChange;
import io.fluss.admin.TableAlteration;
import io.fluss.admin.TableDescriptor;
import io.fluss.client.Connection;
import io.fluss.client.ConnectionFactory;
import io.fluss.client.admin.Admin;
import io.fluss.client.admin.DatabaseDescriptor;
import io.fluss.client.admin.OffsetSpec;
import io.fluss.partition.PartitionName;
import io.fluss.table.TablePath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;

/** Creates a table with a partition, changes it, and asks what the cluster has. */
public final class AdminCalls {

  private AdminCalls() {}

  public static void main(String[] args) throws Exception {
    try (Connection connection =
        ConnectionFactory.createConnection(Map.of("bootstrap.servers", args[0]))) {
      Admin admin = connection.getAdmin();
      TablePath path = TablePath.of("examples", "visits");
      TableDescriptor descriptor =
          TableDescriptor.builder()
              .column("page", VarCharType.STRING_TYPE)
              .column("visitor", new BigIntType())
              .column("dt", new VarCharType(false, 10))
              .partitionKeys(List.of("dt"))
              .buckets(2)
              .build();
      admin.createDatabase("examples", DatabaseDescriptor.EMPTY, true).get();
      createAndAsk(admin, path, descriptor);
      if (args.length > 1) {
        grant(admin, args[1]);
      }
    }
  }

  private static void createAndAsk(Admin admin, TablePath path, TableDescriptor descriptor)
      throws Exception {
    Map<String, String> monday = Map.of("dt", "2026-11-23");
    admin.createTable(path, descriptor, true).get();
    admin.createPartition(path, monday, true).get();
    OptionChange smallBatches =
        new OptionChange(Map.of("client.writer.batch-size", "1 mb"), Set.of());
    admin.alterTable(path, TableAlteration.of(smallBatches), false).get();
    System.out.println(admin.listPartitionInfos(path, monday).get().size() + " partition");
    PartitionName name = PartitionName.of("2026-11-23");
    System.out.println(admin.listOffsets(path, name, List.of(0, 1), OffsetSpec.latest()).get());
    System.out.println("in the lake: " + admin.getLatestLakeSnapshot(path).get().isPresent());
    System.out.println("brokers: " + admin.getServerNodes().get().size()); // with their racks
  }

  /** On a cluster that has an authorizer. */
  private static void grant(Admin admin, String principal) throws Exception {
    AclResource database = AclResource.parse("cluster.examples");
    Grant mayRead = Grant.allow(database, Principal.parse(principal), Operation.READ);
    admin.createAcls(List.of(mayRead)).all().get();
  }
}
