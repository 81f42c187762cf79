package io.fluss.lookup;

import io.fluss.table.TableInfo;
import java.util.UUID;

/**
 * Whose rows a store holds. Local files of another identity hold rows of a log that is gone.
 *
 * @param table the table's id
 * @param topicId Kafka's id of the table's topic
 */
record StoreIdentity(UUID table, String topicId) {

  static StoreIdentity of(TableInfo table) {
    return new StoreIdentity(table.id(), String.valueOf(table.topicId()));
  }

  /** Name of the identity in local files. */
  String text() {
    return table + " " + topicId;
  }
}
