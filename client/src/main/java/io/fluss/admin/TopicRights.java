package io.fluss.admin;

import io.fluss.acl.AccessRefusedException;
import io.fluss.acl.AclResource;
import io.fluss.acl.Operation;
import io.fluss.acl.Rights;
import io.fluss.kafka.KafkaFutures;
import java.util.Collection;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What this client may do with topics, asked before definitions are changed: so a change that would
 * be refused half way is not begun, and somebody with rights to one table does not change another,
 * whose definition is in the same topic. Kafka itself cannot refuse the latter. Thread-safe.
 */
final class TopicRights {

  private final Admin admin;
  private final Rights rights;

  TopicRights(Admin admin, Rights rights) {
    this.admin = admin;
    this.rights = rights;
  }

  /**
   * Passes where the topics may be used so; topics that are not there do not count.
   *
   * @param needed of every topic
   * @param operation that is said to be missing
   * @throws AccessRefusedException where one may not
   */
  void require(
      Collection<String> topics,
      AclOperation needed,
      Operation operation,
      AclResource resource,
      String failed) {
    for (KafkaFuture<TopicDescription> answer :
        admin
            .describeTopics(topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues()
            .values()) {
      if (!isAllowed(answer, needed)) {
        throw rights.refusal(operation, resource, failed, null);
      }
    }
  }

  private static boolean isAllowed(KafkaFuture<TopicDescription> answer, AclOperation needed) {
    try {
      Set<AclOperation> allowed = KafkaFutures.await(answer).authorizedOperations();
      // Null: brokers that do not tell. They refuse for themselves.
      return allowed == null || allowed.isEmpty() || allowed.contains(needed);
    } catch (UnknownTopicOrPartitionException e) {
      return true;
    } catch (AuthorizationException e) {
      return false;
    }
  }
}
