package io.fluss.lake.iceberg;

import io.fluss.lake.LakeFormat;
import io.fluss.lake.LakeStorage;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Map;

/**
 * Lakes in Iceberg's table format, in any catalog that Iceberg knows.
 *
 * <p>A catalog of type {@code hadoop} keeps its tables by renaming files. That is atomic where a
 * rename to a name that exists fails: on HDFS, and on a local disk among clients of ours, which
 * rename so. On object stores it is not, and two rounds of tiering could both succeed: use a
 * catalog of another type there.
 */
public final class IcebergFormat implements LakeFormat {

  /** {@code table.datalake.format} of tables in Iceberg. */
  public static final String IDENTIFIER = "iceberg";

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public List<String> problems(TableInfo table) {
    return TableProblems.of(table);
  }

  @Override
  public LakeStorage open(Map<String, String> options) {
    return new IcebergStorage(new IcebergTables(IcebergCatalogs.open(options)));
  }
}
