package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.acl.kafka.GrantedTables;
import io.fluss.metadata.DatabaseImage;
import io.fluss.metadata.MetadataStore;
import io.fluss.metadata.TableEntry;
import io.fluss.table.Names;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.topic.TopicNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which topic is which table's, from the metadata: a table that was renamed keeps its topic, and
 * one that takes a name after another has a topic of another name. Thread-safe.
 */
final class TablesByTopic implements GrantedTables {

  private final MetadataStore store;

  TablesByTopic(MetadataStore store) {
    this.store = store;
  }

  @Override
  public TablePath topicOf(TablePath path) {
    Optional<DatabaseImage> image = store.read(path.database());
    if (image.isEmpty()) {
      return path;
    }
    Optional<TableInfo> table =
        image.get().table(path.table()).filter(t -> t.state() != TableState.DROPPING);
    if (table.isPresent()) {
      return pathOf(table.get().topic())
          .orElseThrow(() -> failure(path, "its rows are in topic '" + table.get().topic() + "'"));
    }
    if (TopicClaims.isFree(image.get(), TopicNames.table(path))) {
      return path;
    }
    throw failure(
        path,
        "there is no table of that name, and topic '"
            + TopicNames.table(path)
            + TopicClaims.holder(image.get(), TopicNames.table(path))
                .map(holder -> "' is that of table '" + holder.path() + "', which was renamed")
                .orElse("' was that of a table that was renamed and dropped"));
  }

  private static FlussException failure(TablePath path, String why) {
    return new FlussException(
        "Rights on table '"
            + path
            + "' cannot be granted or denied: "
            + why
            + ". Create the table first, or grant them on the database: 'cluster."
            + path.database()
            + "'.");
  }

  @Override
  public Function<TablePath, Optional<TablePath>> current() {
    Map<String, Optional<DatabaseImage>> images = new HashMap<>();
    return topic -> tableOf(topic, images.computeIfAbsent(topic.database(), store::read));
  }

  private static Optional<TablePath> tableOf(TablePath topic, Optional<DatabaseImage> image) {
    if (image.isEmpty()) {
      return Optional.of(topic);
    }
    Optional<TablePath> holder =
        TopicClaims.holder(image.get(), topic.toString()).map(TableInfo::path);
    // A record that cannot be read is most likely that of a table that was never renamed.
    boolean isOfThatName =
        !(image.get().tables().get(topic.table()) instanceof TableEntry.Readable)
            && TopicClaims.isFree(image.get(), topic.toString());
    return holder.isEmpty() && isOfThatName ? Optional.of(topic) : holder;
  }

  /** Empty where the topic's name is not like that of any table. */
  private static Optional<TablePath> pathOf(String topic) {
    String[] parts = topic.split("\\.", -1);
    return parts.length == 2
            && Names.problemWithDatabase(parts[0]).isEmpty()
            && Names.problemWithTable(parts[1]).isEmpty()
        ? Optional.of(TablePath.of(parts[0], parts[1]))
        : Optional.empty();
  }
}
