package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.acl.AclResource;
import io.fluss.acl.kafka.AclAdmin;
import io.fluss.metadata.MetadataStore;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.topic.TopicNames;
import java.util.Optional;

/**
 * Which tables can be named in grants: those whose topic has their name. A table that was renamed
 * keeps its topic, and a grant on its new name would be about no topic at all. Tables that are not
 * there yet can be named too.
 */
final class GrantableTables implements AclAdmin.ResourceCheck {

  private final MetadataStore store;

  GrantableTables(MetadataStore store) {
    this.store = store;
  }

  @Override
  public void require(AclResource resource) {
    if (resource instanceof AclResource.Table table) {
      topicOf(table.path())
          .filter(topic -> !topic.equals(TopicNames.table(table.path())))
          .ifPresent(
              topic -> {
                throw new FlussException(
                    "Rights on table '"
                        + table.path()
                        + "' cannot be granted or denied by that name: its rows are in topic '"
                        + topic
                        + "', since a table was renamed, and rights go with the topic. "
                        + advice(table.path(), topic));
              });
    }
  }

  private Optional<String> topicOf(TablePath path) {
    return store
        .read(path.database())
        .flatMap(image -> image.table(path.table()))
        .map(TableInfo::topic);
  }

  private static String advice(TablePath path, String topic) {
    return topic.startsWith(path + ".")
        ? "Grant them on the database, or create the table under another name."
        : "Name 'cluster." + topic + "', which is what the table was called.";
  }
}
