package io.fluss.metadata;

import java.util.List;

/**
 * The precondition and the effect of a change to a database, see {@link MetadataStore#change}.
 *
 * <p>It is called once per try, each time with a newer image, so it must depend on the image alone
 * and have no side effects.
 */
@FunctionalInterface
public interface MetadataChange {

  /**
   * Says what to write.
   *
   * <p>The outcome of an earlier try may have been unknown: where the image shows that it did land
   * (for instance by the id of the table it made), this returns an empty list.
   *
   * @return records to write together; empty: nothing is left to do
   * @throws RuntimeException where the image does not allow the change; nothing is written
   */
  List<MetadataRecord> recordsFor(DatabaseImage image);
}
