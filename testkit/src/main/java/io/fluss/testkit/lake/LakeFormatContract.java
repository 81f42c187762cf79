package io.fluss.testkit.lake;

import io.fluss.lake.LakeFormat;
import io.fluss.table.TableInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every lake format has to keep. A format's test is a subclass that says which format, which
 * catalog, what it can do, and how others see its tables.
 *
 * <p>What is asked is in the interfaces: one for each part of the work.
 */
public abstract class LakeFormatContract
    implements CreateTableContract,
        ProblemsContract,
        AppendContract,
        UpsertContract,
        ReadContract,
        CommitContract,
        MaintenanceContract,
        SchemaChangeContract {

  @TempDir private Path directory;

  private LakeUnderTest lake;

  /** The format. */
  protected abstract LakeFormat format();

  /**
   * Options of a catalog of this test alone.
   *
   * @param warehouse does not exist yet
   */
  protected abstract Map<String, String> catalogOptions(Path warehouse);

  /**
   * The same catalog as others use it.
   *
   * @param warehouse see {@link #catalogOptions}
   * @param catalogOptions what that said
   */
  protected abstract ForeignLake foreignLake(Path warehouse, Map<String, String> catalogOptions);

  @Override
  public abstract LakeCapabilities capabilities();

  /** A table of a test, to be changed for tests of another kind of tables. */
  protected TableInfo adapted(TableInfo table) {
    return table;
  }

  @BeforeEach
  void openLake() throws Exception {
    Path warehouse = directory.resolve("warehouse");
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Map<String, String> options = catalogOptions(warehouse);
    lake =
        new LakeUnderTest(
            format(), options, this::adapted, temporary, foreignLake(warehouse, options));
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  @Override
  public LakeUnderTest lake() {
    return lake;
  }
}
