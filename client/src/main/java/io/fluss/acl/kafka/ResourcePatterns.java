package io.fluss.acl.kafka;

import io.fluss.acl.AclResource;
import io.fluss.topic.TopicNames;
import java.util.List;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The names in Kafka that belong to a resource.
 *
 * @param topics with rows
 * @param partitions topics of partitions
 * @param groups that its readers may commit offsets of
 * @param transactions of its writers
 * @param metadata topics with definitions
 * @param changes the transactions by which definitions are changed
 */
record ResourcePatterns(
    List<ResourcePattern> topics,
    List<ResourcePattern> partitions,
    List<ResourcePattern> groups,
    List<ResourcePattern> transactions,
    ResourcePattern metadata,
    ResourcePattern changes) {

  static ResourcePatterns of(AclResource resource) {
    if (resource instanceof AclResource.Database database) {
      return ofDatabase(database.name());
    }
    if (resource instanceof AclResource.Table table) {
      return ofTable(table);
    }
    return ofCluster();
  }

  private static ResourcePatterns ofCluster() {
    List<ResourcePattern> topics = List.of(all(ResourceType.TOPIC));
    return new ResourcePatterns(
        topics,
        topics,
        List.of(all(ResourceType.GROUP)),
        List.of(prefix(ResourceType.TRANSACTIONAL_ID, TopicNames.transactions(""))),
        prefix(ResourceType.TOPIC, TopicNames.METADATA_PREFIX),
        prefix(ResourceType.TRANSACTIONAL_ID, TopicNames.METADATA_PREFIX));
  }

  private static ResourcePatterns ofDatabase(String database) {
    String prefix = database + ".";
    List<ResourcePattern> topics = List.of(prefix(ResourceType.TOPIC, prefix));
    return new ResourcePatterns(
        topics,
        topics,
        List.of(prefix(ResourceType.GROUP, prefix)),
        List.of(prefix(ResourceType.TRANSACTIONAL_ID, TopicNames.transactions(prefix))),
        name(ResourceType.TOPIC, TopicNames.metadata(database)),
        name(ResourceType.TRANSACTIONAL_ID, TopicNames.metadata(database)));
  }

  private static ResourcePatterns ofTable(AclResource.Table table) {
    String topic = TopicNames.table(table.path());
    String prefix = topic + ".";
    String metadata = TopicNames.metadata(table.path().database());
    List<ResourcePattern> partitions = List.of(prefix(ResourceType.TOPIC, prefix));
    return new ResourcePatterns(
        List.of(name(ResourceType.TOPIC, topic), partitions.get(0)),
        partitions,
        List.of(name(ResourceType.GROUP, topic), prefix(ResourceType.GROUP, prefix)),
        List.of(prefix(ResourceType.TRANSACTIONAL_ID, TopicNames.transactions(prefix))),
        name(ResourceType.TOPIC, metadata),
        name(ResourceType.TRANSACTIONAL_ID, metadata));
  }

  private static ResourcePattern all(ResourceType type) {
    return name(type, ResourcePattern.WILDCARD_RESOURCE);
  }

  private static ResourcePattern name(ResourceType type, String name) {
    return new ResourcePattern(type, name, PatternType.LITERAL);
  }

  private static ResourcePattern prefix(ResourceType type, String prefix) {
    return new ResourcePattern(type, prefix, PatternType.PREFIXED);
  }
}
