package io.fluss.admin;

import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What one statement wants of a table that exists; it is done as a whole or not at all.
 *
 * @param schema changes of columns and watermark, one after the other
 * @param options looked at once the columns are as they will be
 */
@PublicEvolving
public record TableAlteration(List<SchemaChange> schema, OptionChange options) {

  private static final OptionChange NO_OPTIONS = new OptionChange(Map.of(), Set.of());

  public TableAlteration {
    schema = List.copyOf(schema);
  }

  /** Changes of columns alone. */
  public static TableAlteration of(SchemaChange... changes) {
    return new TableAlteration(List.of(changes), NO_OPTIONS);
  }

  /** Changes of options alone. */
  public static TableAlteration of(OptionChange options) {
    return new TableAlteration(List.of(), options);
  }

  /**
   * The table with the change; nothing is written.
   *
   * @throws InvalidTableException where it cannot be, with all reasons
   */
  public TableInfo applyTo(TableInfo table, TableRules rules) {
    List<String> problems = new ArrayList<>();
    TableInfo wanted = options.optionsOf(table, problems);
    wanted = AlteredSchema.of(wanted, schema, problems);
    problems.addAll(
        rules.problems(table.path().database(), table.path().table(), TableDescriptor.of(wanted)));
    if (!problems.isEmpty()) {
      throw InvalidTableException.ofChange(table.path().toString(), problems);
    }
    return wanted;
  }
}
