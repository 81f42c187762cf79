package io.fluss.lake.paimon;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableAlteration;
import io.fluss.admin.TableRules;
import io.fluss.lake.LakeSnapshot;
import io.fluss.metadata.SchemaVersionJson;
import io.fluss.table.TableInfo;
import io.fluss.testkit.lake.TieredTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.catalog.DelegateCatalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.SchemaChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job follows a change of columns, sleeps in the middle, and others go on meanwhile. */
class LateSchemaChangeTest {

  @TempDir private Path directory;

  /** Others come between the look at a table and its change. */
  @SuppressWarnings("try") // its close() may throw anything, as that of Paimon's catalogs
  private static final class Interrupted extends DelegateCatalog {

    private final Runnable meanwhile;

    Interrupted(Catalog catalog, Runnable meanwhile) {
      super(catalog);
      this.meanwhile = meanwhile;
    }

    @Override
    public CatalogLoader catalogLoader() {
      return wrapped().catalogLoader();
    }

    @Override
    public void alterTable(Identifier table, List<SchemaChange> changes, boolean ignoreIfMissing)
        throws Catalog.TableNotExistException,
            Catalog.ColumnAlreadyExistException,
            Catalog.ColumnNotExistException {
      meanwhile.run();
      super.alterTable(table, changes, ignoreIfMissing);
    }
  }

  private PaimonTables interrupted(Runnable meanwhile) {
    Options options =
        Options.fromMap(
            Map.of(
                "warehouse", directory.resolve("warehouse").toString(), "cache-enabled", "false"));
    return new PaimonTables(
        new Interrupted(CatalogFactory.createCatalog(CatalogContext.create(options)), meanwhile));
  }

  private static TableInfo altered(TableInfo table, io.fluss.admin.SchemaChange change) {
    return TableAlteration.of(change).applyTo(table, TableRules.standard());
  }

  private static RowData row(long id, Object... others) {
    GenericRowData row = new GenericRowData(2 + others.length);
    row.setField(0, id);
    row.setField(1, StringData.fromString("n" + id));
    for (int i = 0; i < others.length; i++) {
      row.setField(2 + i, others[i]);
    }
    return row;
  }

  @Test
  void aChangeThatComesLateDoesNotSetTheColumnsBack() {
    try (PaimonLake lake = new PaimonLake(directory)) {
      // Given
      TieredTable first = lake.create(t -> t.column("amount", new IntType(false)));
      first.tier(row(1, 10));
      TableInfo second =
          altered(
              first.info(), io.fluss.admin.SchemaChange.changeType("amount", new IntType(true)));
      TableInfo third = altered(second, io.fluss.admin.SchemaChange.add("more", new IntType()));
      PaimonTables late = interrupted(() -> lake.storage().createTable(third));

      // When
      late.create(second);

      // Then
      lake.storage().createTable(third);
      TieredTable table = first.altered(third);
      LakeSnapshot snapshot = table.tier(row(2, null, 7));
      assertThat(table.read(snapshot)).containsExactlyInAnyOrderElementsOf(table.expected());
      assertThat(GivenColumns.of(third, lake.lakeTable().options()))
          .isEqualTo(third.currentSchema());
    }
  }

  @Test
  void whatEarlyBuildsHaveSaidOfColumnsIsUnderstood() {
    try (PaimonLake lake = new PaimonLake(directory)) {
      // Given
      TieredTable first = lake.create(t -> t);
      TableInfo second =
          altered(first.info(), io.fluss.admin.SchemaChange.add("amount", new IntType()));
      TableInfo third = altered(second, io.fluss.admin.SchemaChange.add("more", new IntType()));
      String json = SchemaVersionJson.write(second.currentSchema());

      // When
      Map<String, String> early = Map.of("fluss.schema", json);
      Map<String, String> both =
          Map.of(
              "fluss.schema",
              json,
              "fluss.schema.3",
              SchemaVersionJson.write(third.currentSchema()));

      // Then
      assertThat(GivenColumns.of(third, early)).isEqualTo(second.currentSchema());
      assertThat(GivenColumns.of(third, both)).isEqualTo(third.currentSchema());
      assertThat(GivenColumns.of(third, Map.of()).version()).isEqualTo(1);
    }
  }
}
