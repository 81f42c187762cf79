package io.fluss.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableDescriptor;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.split.TableSplit;
import io.fluss.source.split.TopicIdentity;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.partition.PartitionedTableFixture;
import io.fluss.union.LakeUse;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Partitions that Kafka leaves out of its listing for a while, though they are there. */
class UnlistedPartitionTest {

  @Test
  void aPartitionThatMayNotBeSeenForAWhileIsNotLetGo() throws Throwable {
    try (EmbeddedKafka kafka =
            EmbeddedKafka.builder()
                .brokerProperty(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .brokerProperty("allow.everyone.if.no.acl.found", "true")
                .start();
        Admin admin = Admin.create(kafka.adminProperties());
        PartitionedTableFixture table =
            PartitionedTableFixture.create(
                kafka,
                TableDescriptor.builder()
                    .column("id", new BigIntType())
                    .column("dt", new VarCharType(false, VarCharType.MAX_LENGTH))
                    .partitionKeys(List.of("dt"))
                    .buckets(1)
                    .build())) {
      // Given
      MockSplitEnumeratorContext<TableSplit> coordinator = new MockSplitEnumeratorContext<>(1);
      coordinator.registerReader(new ReaderInfo(0, "here"));
      String hidden = table.add("hidden").topic();
      table.add("dropped");
      try (PartitionedSplitEnumerator enumerator =
          new PartitionedSplitEnumerator(
              coordinator,
              scan(table),
              LakeUse.none(),
              Thread.currentThread().getContextClassLoader(),
              Duration.ofSeconds(10),
              EnumeratorState.initial())) {
        enumerator.start();
        coordinator.runPeriodicCallable(0);

        // When
        table.drop("dropped");
        AclBinding nobody = nobodyMayDescribe(hidden);
        admin.createAcls(List.of(nobody)).all().get();
        awaitListed(admin, hidden, false);
        coordinator.runPeriodicCallable(0);

        // Then
        assertThat(enumerator.snapshotState(1).partitions())
            .extracting(TopicIdentity::name)
            .containsExactly(hidden);

        // Then: it goes on as if nothing had happened
        admin.deleteAcls(List.of(nobody.toFilter())).all().get();
        awaitListed(admin, hidden, true);
        coordinator.runPeriodicCallable(0);
        assertThat(enumerator.snapshotState(1).partitions())
            .extracting(TopicIdentity::name)
            .containsExactly(hidden);
      }
      coordinator.close();
    }
  }

  private static AclBinding nobodyMayDescribe(String topic) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
        new AccessControlEntry("User:*", "*", AclOperation.DESCRIBE, AclPermissionType.DENY));
  }

  private static void awaitListed(Admin admin, String topic, boolean listed) {
    Awaitility.await().until(() -> admin.listTopics().names().get().contains(topic) == listed);
  }

  private static LogScan scan(PartitionedTableFixture table) {
    return new LogScan(
        table.table(),
        table.client(),
        Selection.all(table.table().rowType()),
        StartingOffsets.earliest(),
        StoppingOffsets.never(),
        null);
  }
}
