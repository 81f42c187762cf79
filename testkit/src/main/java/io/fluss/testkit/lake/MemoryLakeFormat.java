package io.fluss.testkit.lake;

import io.fluss.FlussException;
import io.fluss.admin.TableRules;
import io.fluss.lake.LakeFormat;
import io.fluss.lake.LakeStorage;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * A lake in the memory of this process, for tests of what uses lakes. The option {@code name} says
 * which one; a test names it after itself. To be found, the test's module lists this class in
 * {@code META-INF/services/io.fluss.lake.LakeFormat} of its test resources.
 */
public final class MemoryLakeFormat implements LakeFormat {

  /** {@code table.datalake.format} of such tables. */
  public static final String IDENTIFIER = "memory";

  /** The catalog option that names the lake, without prefix. */
  public static final String NAME = "name";

  /** The catalog option that lets splits have rows of all buckets, where it is {@code true}. */
  public static final String WITHOUT_BUCKETS = "without-buckets";

  /** What tables may be that are kept in such lakes, or in none. */
  public static TableRules withLakes() {
    return TableRules.standard().withLakes(List.of(new MemoryLakeFormat()));
  }

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public List<String> problems(TableInfo table) {
    return table.physicalColumns().stream()
        .filter(c -> c.type().is(LogicalTypeRoot.MAP))
        .map(
            c ->
                "Column '"
                    + c.name()
                    + "' is of type "
                    + c.type().asSummaryString()
                    + ", which lake format 'memory' cannot store.")
        .toList();
  }

  @Override
  public LakeStorage open(Map<String, String> options) {
    String name = options.get(NAME);
    if (name == null) {
      throw new FlussException("Option 'datalake.memory.name' is missing. Set it to any name.");
    }
    return new MemoryLakeStorage(
        MemoryLake.named(name), Boolean.parseBoolean(options.get(WITHOUT_BUCKETS)));
  }
}
