package io.fluss.merge;

/**
 * A cursor over the rows of a {@link BucketFold}, in no particular order:
 *
 * <pre>{@code
 * while (rows.next()) {
 *   emit(rows.key(), rows.row());
 * }
 * }</pre>
 *
 * <p>One thread. Belongs to its fold: closing that ends it.
 */
public interface FoldedRows {

  /**
   * Moves to the next row.
   *
   * @return false where there is none left
   * @throws SpillFailedException where rows that did not fit into memory cannot be read back
   */
  boolean next();

  /** The primary key of the row: the record's key without its column-set byte. */
  byte[] key();

  /** The row: what the merge function shows of the key's state. */
  byte[] row();
}
