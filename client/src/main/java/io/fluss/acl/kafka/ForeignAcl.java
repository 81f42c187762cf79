package io.fluss.acl.kafka;

import io.fluss.acl.AclResource;
import io.fluss.table.Names;
import io.fluss.table.TablePath;
import io.fluss.topic.TopicNames;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * An ACL on topics of ours that no grant needs: somebody made it with Kafka's own tools.
 *
 * @param resource the smallest that has all topics that it is about
 */
public record ForeignAcl(AclResource resource, AclBinding binding) {

  /**
   * The ACL, if it is about topics of these databases.
   *
   * @param databases that exist
   */
  static Optional<ForeignAcl> of(AclBinding binding, Set<String> databases) {
    ResourcePattern pattern = binding.pattern();
    if (pattern.resourceType() != ResourceType.TOPIC) {
      return Optional.empty();
    }
    return (pattern.patternType() == PatternType.LITERAL
            ? ofTopic(pattern.name(), databases)
            : ofPrefix(pattern.name(), databases))
        .map(resource -> new ForeignAcl(resource, binding));
  }

  private static Optional<AclResource> ofTopic(String topic, Set<String> databases) {
    if (topic.equals(ResourcePattern.WILDCARD_RESOURCE)) {
      return Optional.of(AclResource.cluster());
    }
    Optional<AclResource> metadata = TopicNames.databaseOf(topic).map(AclResource::database);
    return metadata.isPresent() ? metadata : within(topic + ".", databases);
  }

  private static Optional<AclResource> ofPrefix(String prefix, Set<String> databases) {
    boolean many =
        TopicNames.METADATA_PREFIX.startsWith(prefix)
            || databases.stream()
                .anyMatch(d -> TopicNames.metadata(d).startsWith(prefix) || d.startsWith(prefix));
    return many ? Optional.of(AclResource.cluster()) : within(prefix, databases);
  }

  /** {@code d.} and {@code d.x} are of the database, {@code d.t.} and longer ones of a table. */
  private static Optional<AclResource> within(String prefix, Set<String> databases) {
    String[] parts = prefix.split("\\.", -1);
    if (parts.length < 2 || !databases.contains(parts[0])) {
      return Optional.empty();
    }
    boolean table = parts.length > 2 && Names.problemWithTable(parts[1]).isEmpty();
    return Optional.of(
        table
            ? AclResource.table(TablePath.of(parts[0], parts[1]))
            : AclResource.database(parts[0]));
  }
}
