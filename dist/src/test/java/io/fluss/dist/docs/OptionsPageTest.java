package io.fluss.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fluss.catalog.CatalogOptions;
import io.fluss.options.ScannerOptions;
import io.fluss.options.SecurityOptions;
import io.fluss.options.TableOptions;
import io.fluss.options.WriterOptions;
import io.fluss.sink.SinkOptions;
import io.fluss.source.lookup.LookupJoinOptions;
import io.fluss.source.table.SourceOptions;
import io.fluss.tiering.config.TieringOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dfluss.docs.update=true} to write the page anew. */
class OptionsPageTest {

  private static final List<OptionsPage.Section> SECTIONS =
      List.of(
          new OptionsPage.Section(
              "Catalog",
              "In `CREATE CATALOG … WITH`, beside `'type' = 'fluss'`. Options with the prefix"
                  + " `properties.` go to Kafka's clients.",
              CatalogOptions.class),
          new OptionsPage.Section(
              "Logging in",
              "In `CREATE CATALOG … WITH`, or among the options of a job; never stored with a table"
                  + " and never taken from a hint.",
              SecurityOptions.class),
          new OptionsPage.Section(
              "Tables", "In `CREATE TABLE … WITH`; recorded with the table.", TableOptions.class),
          new OptionsPage.Section(
              "Reading",
              "In `CREATE TABLE … WITH` or as a hint: `SELECT … FROM t /*+ OPTIONS('…' = '…') */`.",
              SourceOptions.class),
          new OptionsPage.Section(
              "Looking up",
              "As for reading, on the table that is looked up.",
              LookupJoinOptions.class),
          new OptionsPage.Section(
              "Fetching",
              "As for reading; or on the catalog, for all its tables.",
              ScannerOptions.class),
          new OptionsPage.Section(
              "Writing",
              "In `CREATE TABLE … WITH` or as a hint: `INSERT INTO t /*+ OPTIONS('…' = '…') */ …`.",
              SinkOptions.class),
          new OptionsPage.Section(
              "Batching",
              "As for writing; or on the catalog, for all its tables.",
              WriterOptions.class),
          new OptionsPage.Section(
              "Tiering",
              "Flags of the [tiering job](tiering.md): `--lake.tiering.… VALUE`.",
              TieringOptions.class));

  @Test
  void pageIsGeneratedFromTheOptionClasses() throws IOException {
    // Given
    Path page = Path.of(System.getProperty("fluss.root"), "docs", "options.md");
    String rendered = new OptionsPage(SECTIONS).render();
    if (Boolean.getBoolean("fluss.docs.update")) {
      Files.writeString(page, rendered);
    }

    // When
    String written = Files.readString(page);

    // Then
    assertThat(written).isEqualTo(rendered);
  }

  @Test
  void everyOptionClassIsOnThePage() {
    // Given
    Set<String> onThePage =
        SECTIONS.stream().map(s -> s.options().getName()).collect(Collectors.toSet());

    // When
    Set<String> holdingOptions =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.fluss")
                .stream()
                .filter(OptionsPageTest::hasPublicOptions)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());

    // Then
    assertThat(holdingOptions).isSubsetOf(onThePage).isNotEmpty();
  }

  private static boolean hasPublicOptions(JavaClass type) {
    return type.getFields().stream()
        .anyMatch(
            field ->
                field.getRawType().isEquivalentTo(ConfigOption.class)
                    && field
                        .getModifiers()
                        .contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC));
  }
}
