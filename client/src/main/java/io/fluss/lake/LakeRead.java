package io.fluss.lake;

import io.fluss.predicate.Predicate;
import java.io.Serializable;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * What of a lake table is wanted.
 *
 * @param columns positions in {@link LakeSchema#rowType}, in the order that rows shall have them;
 *     may be empty, where only the number of rows counts
 * @param condition see {@link #filter}, null where there is none
 * @param limit rows that are enough for the whole read, null where all are wanted
 */
public record LakeRead(int[] columns, @Nullable Predicate condition, @Nullable Long limit)
    implements Serializable {

  public LakeRead {
    columns = columns.clone();
  }

  /**
   * The condition that rows have to match to be of use, over the physical columns of the table,
   * whose positions it uses. A format may leave out rows that do not match and need not: who asks
   * applies it again.
   */
  public Optional<Predicate> filter() {
    return Optional.ofNullable(condition);
  }
}
