package io.fluss.admin;

import io.fluss.kafka.KafkaFutures;
import io.fluss.metadata.DatabaseImage;
import io.fluss.metadata.TableEntry;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.topic.TopicNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Which tables this client may see: those whose topics it may DESCRIBE. Definitions of all tables
 * of a database lie in one topic, so this is courtesy and keeps no secret.
 *
 * <p>Brokers answer a question about a topic by whether its name may be seen, and only then by
 * whether it exists. So it works for tables without topics too. Thread-safe.
 */
final class VisibleTables {

  /** Ends the name of a topic that is never created. No partition's does. */
  private static final String PROBE = ".__new";

  private final Admin admin;

  VisibleTables(Admin admin) {
    this.admin = admin;
  }

  /** The names of those among these tables that may be seen; two requests for all. */
  List<String> of(DatabaseImage image, Collection<String> tables) {
    TreeSet<String> listed = new TreeSet<>(KafkaFutures.await(admin.listTopics().names()));
    Set<String> unlisted = new HashSet<>();
    for (String table : tables) {
      String probe = probe(image, table);
      if (!isListed(listed, probe)) {
        unlisted.add(probe);
      }
    }
    Set<String> hidden = hidden(unlisted);
    List<String> visible = new ArrayList<>(tables);
    visible.removeIf(table -> hidden.contains(probe(image, table)));
    return visible;
  }

  private static boolean isListed(TreeSet<String> listed, String probe) {
    if (!probe.endsWith(PROBE)) {
      return listed.contains(probe);
    }
    String prefix = probe.substring(0, probe.length() - PROBE.length() + 1);
    String first = listed.ceiling(prefix);
    return first != null && first.startsWith(prefix);
  }

  private static String probe(DatabaseImage image, String table) {
    return image.tables().get(table) instanceof TableEntry.Readable readable
        ? probe(readable.table())
        : TopicNames.table(TablePath.of(image.database(), table));
  }

  private static String probe(TableInfo table) {
    return table.isPartitioned() ? table.topic() + PROBE : table.topic();
  }

  /** Whether this table may be seen; one request. */
  boolean isVisible(TableInfo table) {
    return hidden(Set.of(probe(table))).isEmpty();
  }

  /** Whether the metadata topic of this database may be seen, there or not; one request. */
  boolean isDatabaseVisible(String database) {
    return hidden(Set.of(TopicNames.metadata(database))).isEmpty();
  }

  private Set<String> hidden(Set<String> topics) {
    Set<String> hidden = new HashSet<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer :
        admin.describeTopics(topics).topicNameValues().entrySet()) {
      try {
        KafkaFutures.await(answer.getValue());
      } catch (AuthorizationException e) {
        hidden.add(answer.getKey());
      } catch (UnknownTopicOrPartitionException e) {
        // may be seen, and is not there
      }
    }
    return hidden;
  }
}
