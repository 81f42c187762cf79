package io.fluss.source.enumerator;

import io.fluss.FlussException;
import io.fluss.source.split.TableSplit;
import io.fluss.source.split.TopicIdentity;
import io.fluss.table.TableInfo;
import io.fluss.union.PinnedLake;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;

/**
 * What an enumerator knows that its readers do not.
 *
 * @param tableId of the table that is read; null in states that are older than this
 * @param discovered whether splits have been made; their ranges are decided once
 * @param unassigned splits that no reader has
 * @param partitions topics of the partitions that splits have been made of
 * @param lake the snapshot of the lake that splits have been made of; null where the log alone is
 *     read
 */
@Internal
public record EnumeratorState(
    @Nullable UUID tableId,
    boolean discovered,
    List<TableSplit> unassigned,
    Set<TopicIdentity> partitions,
    @Nullable PinnedLake lake) {

  public EnumeratorState {
    unassigned = List.copyOf(unassigned);
    partitions = Set.copyOf(partitions);
  }

  /** Before anything is known. */
  public static EnumeratorState initial() {
    return new EnumeratorState(null, false, List.of(), Set.of(), null);
  }

  /**
   * Passes where this is, as far as it tells, the state of a read of this table.
   *
   * @throws FlussException where it is of another one
   */
  public EnumeratorState requireOf(TableInfo table) {
    if (tableId != null && !tableId.equals(table.id())) {
      throw new FlussException(
          "Cannot go on reading table '"
              + table.path()
              + "': the state is of a table with id "
              + tableId
              + ", and this one has id "
              + table.id()
              + ". The table was dropped and created again, or the query reads another one now."
              + " Start the query without its old state.");
    }
    return this;
  }
}
