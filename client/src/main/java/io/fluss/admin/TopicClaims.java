package io.fluss.admin;

import io.fluss.metadata.DatabaseImage;
import io.fluss.metadata.MetadataRecord;
import io.fluss.table.TableInfo;
import io.fluss.topic.TopicNames;
import java.util.Optional;

/**
 * Which names of topics are taken: those of tables, and for good those of tables that were dropped
 * under another name than their topics'. Rights may be left that were granted on such a table under
 * its last name, and a new topic of that name would be covered by them. Pure functions.
 */
final class TopicClaims {

  private TopicClaims() {}

  /** Whether a new table may have this topic. */
  static boolean isFree(DatabaseImage image, String topic) {
    return holder(image, topic).isEmpty() && !image.isRetired(topic);
  }

  /** The table whose topic it is, in any state. */
  static Optional<TableInfo> holder(DatabaseImage image, String topic) {
    return TableLifecycle.readable(image).filter(t -> t.topic().equals(topic)).findFirst();
  }

  /** The new table with a topic that is free: another one where its name is taken. */
  static TableInfo withFreeTopic(DatabaseImage image, TableInfo wanted) {
    return isFree(image, wanted.topic())
        ? wanted
        : wanted.withTopic(TopicNames.tableWithId(wanted.path(), wanted.id()));
  }

  /**
   * What is recorded when this table goes, so that its topic's name is not used again, and what is
   * granted or denied by it is known to be about nothing. Not needed where the table has its
   * topic's name, as grants by that name are meant for the next table of the name too.
   */
  static Optional<MetadataRecord> retirement(TableInfo dropped) {
    return Optional.of(dropped)
        .filter(t -> !t.topic().equals(TopicNames.table(t.path())))
        .map(t -> MetadataRecord.retire(t.topic()));
  }
}
