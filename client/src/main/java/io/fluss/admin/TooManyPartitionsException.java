package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.options.TableOptions;
import io.fluss.table.TablePath;
import org.apache.flink.annotation.PublicEvolving;

/** The table would have more partitions than it may; none was created. */
@PublicEvolving
public final class TooManyPartitionsException extends FlussException {

  private static final long serialVersionUID = 1L;

  TooManyPartitionsException(TablePath table, String first, int wanted, int has, int limit) {
    super(
        "Partition "
            + first
            + " of table '"
            + table
            + "' cannot be created"
            + (wanted == 1 ? "" : ", nor can the " + (wanted - 1) + " others asked for with it")
            + ": the table has "
            + has
            + " partitions, and '"
            + TableOptions.MAX_PARTITIONS.key()
            + "' allows "
            + limit
            + ". Drop partitions that are not needed, or look whether rows carry a wrong partition"
            + " value.");
  }
}
