package io.fluss.tiering;

import io.fluss.admin.OptionChange;
import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableRules;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeFormats;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeReader;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeSettings;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeSplit;
import io.fluss.lake.LakeStorage;
import io.fluss.options.TableOptions;
import io.fluss.read.BatchRows;
import io.fluss.table.TableInfo;
import io.fluss.testkit.lake.MemoryLake;
import io.fluss.testkit.lake.MemoryLakeFormat;
import io.fluss.tiering.config.TieringConfig;
import io.fluss.tiering.config.TieringOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** A lake in memory of its own for one test: tables of it, and what is in them. */
public final class Lake {

  private final String name = UUID.randomUUID().toString();
  private final LakeStorage storage =
      new MemoryLakeFormat().open(Map.of(MemoryLakeFormat.NAME, name));

  /** What happens to its commits. */
  public MemoryLake hooks() {
    return MemoryLake.named(name);
  }

  public LakeStorage storage() {
    return storage;
  }

  LakeSettings settings() {
    return LakeSettings.fromOptions(
        Map.of("datalake.format", MemoryLakeFormat.IDENTIFIER, "datalake.memory.name", name));
  }

  /** A job that looks often. */
  public TieringConfig config(ClientConfig client) {
    Configuration options = new Configuration();
    options.set(TieringOptions.POLL_INTERVAL, Duration.ofMillis(100));
    options.set(TieringOptions.BACKOFF, Duration.ofMillis(200));
    return config(client, options);
  }

  TieringConfig config(ClientConfig client, Configuration options) {
    return new TieringConfig(client, MemoryLakeFormat.IDENTIFIER, settings(), options);
  }

  /** Enables the lake of a table, with more options in pairs of key and value. */
  public TableInfo enable(TableAdmin tables, TableInfo table, String... options) {
    Map<String, String> set = new HashMap<>();
    set.put(TableOptions.DATALAKE_ENABLED.key(), "true");
    set.put(TableOptions.DATALAKE_FORMAT.key(), MemoryLakeFormat.IDENTIFIER);
    set.put(TableOptions.DATALAKE_FRESHNESS.key(), "100 ms");
    for (int i = 0; i < options.length; i += 2) {
      set.put(options[i], options[i + 1]);
    }
    return tables.alterOptions(
        table,
        new OptionChange(set, Set.of()),
        TableRules.standard()
            .withLakes(
                List.of(
                    LakeFormats.require(
                        MemoryLakeFormat.IDENTIFIER, Lake.class.getClassLoader()))));
  }

  public LakeOffsets offsets(TableInfo table) {
    return storage.latestSnapshot(table).map(LakeSnapshot::offsets).orElse(LakeOffsets.NONE);
  }

  /**
   * The rows of the newest snapshot, sorted: their columns as text, then {@code @bucket/offset}.
   */
  public List<String> rows(TableInfo table) {
    Optional<LakeSnapshot> snapshot = storage.latestSnapshot(table);
    if (snapshot.isEmpty()) {
      return List.of();
    }
    RowType type = LakeSchema.rowType(table);
    LakeRead read = new LakeRead(IntStream.range(0, type.getFieldCount()).toArray(), null, null);
    List<String> rows = new ArrayList<>();
    for (LakeSplit split : storage.plan(table, snapshot.get(), read)) {
      try (LakeReader reader = storage.reader(table, read, split)) {
        for (BatchRows batch = reader.next(); batch != null; batch = reader.next()) {
          for (int i = 0; i < batch.rowCount(); i++) {
            rows.add(text(type, batch.row(i)));
          }
        }
      }
    }
    return rows.stream().sorted().toList();
  }

  private static String text(RowType type, RowData row) {
    int columns = type.getFieldCount() - LakeSchema.SYSTEM_COLUMNS.size();
    StringJoiner text = new StringJoiner(",");
    for (int i = 0; i < columns; i++) {
      text.add(
          String.valueOf(
              RowData.createFieldGetter(type.getTypeAt(i).copy(true), i).getFieldOrNull(row)));
    }
    return text + "@" + row.getInt(columns) + "/" + row.getLong(columns + 1);
  }
}
