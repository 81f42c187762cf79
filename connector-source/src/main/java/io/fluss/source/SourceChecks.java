package io.fluss.source;

import io.fluss.FlussException;
import io.fluss.lake.LakeSettings;
import io.fluss.options.MergeEngine;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.table.ScanSettings;
import io.fluss.table.TableInfo;
import io.fluss.typed.Filter;
import java.io.IOException;
import java.io.NotSerializableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.common.TopicPartition;

/** Checks the wishes of a builder against the table; all problems are gathered. */
final class SourceChecks<T> {

  private final SourceWishes<T> wishes;
  private final TableInfo table;
  private final Optional<ScanSettings> settings;
  private final boolean withState;
  private final List<String> problems;

  /**
   * @param withState whether rows can be put together behind the source
   */
  SourceChecks(
      SourceWishes<T> wishes,
      TableInfo table,
      Optional<ScanSettings> settings,
      boolean withState,
      List<String> problems) {
    this.wishes = wishes;
    this.table = table;
    this.settings = settings;
    this.withState = withState;
    this.problems = problems;
  }

  /** The plan; null where there are problems. */
  @Nullable
  SourcePlan<T> plan() {
    int[] selected = selected();
    Predicate filter = filter();
    StartingOffsets start = start();
    StoppingOffsets stop = stop();
    checkLake(start, stop);
    if (table.hasPrimaryKey() && !stop.bounded() && !withState) {
      checkEndless(filter);
    }
    if (wishes.schema() == null || selected == null) {
      return null;
    }
    ReadRow row = ReadRow.of(table, selected, filter, wishes.schema().readsOrigin());
    checkSchema(row.rowType());
    return problems.isEmpty() && settings.isPresent()
        ? new SourcePlan<>(table, settings.get(), start, stop, filter, row, wishes.schema())
        : null;
  }

  @Nullable
  private int[] selected() {
    List<String> columns = table.rowType().getFieldNames();
    if (wishes.projectedFields() == null) {
      return IntStream.range(0, columns.size()).toArray();
    }
    List<String> names = List.of(wishes.projectedFields());
    List<String> unknown = names.stream().filter(name -> !columns.contains(name)).toList();
    if (!unknown.isEmpty()) {
      problems.add(
          "setProjectedFields: table '"
              + table.path()
              + "' has no columns "
              + unknown
              + ". Columns: "
              + columns
              + ".");
      return null;
    }
    Set<String> seen = new HashSet<>();
    List<String> twice = names.stream().filter(name -> !seen.add(name)).toList();
    if (names.isEmpty() || !twice.isEmpty()) {
      problems.add(
          "setProjectedFields: "
              + (names.isEmpty() ? "no column is named" : twice + " are named twice")
              + ". Name each wanted column once. Columns: "
              + columns
              + ".");
      return null;
    }
    return names.stream().mapToInt(columns::indexOf).toArray();
  }

  /** The builder's filters and that of partitions; null where there are none, or one is wrong. */
  @Nullable
  private Predicate filter() {
    List<Predicate> all = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Filter filter : wishes.filters()) {
      all.add(filter.over(table.rowType(), wrong));
    }
    wrong.forEach(p -> problems.add("setFilter: " + p));
    if (wishes.partition() != null) {
      partitionFilter(wishes.partition()).ifPresent(all::add);
    }
    return all.isEmpty() || !wrong.isEmpty() ? null : Predicate.and(all);
  }

  private Optional<Predicate> partitionFilter(Map<String, String> values) {
    if (!table.isPartitioned()) {
      problems.add(
          "setPartitionFilter: table '" + table.path() + "' is not partitioned. Use setFilter.");
      return Optional.empty();
    }
    try {
      PartitionKeys keys = PartitionKeys.of(table);
      Map<String, Object> found = keys.valuesOf(values);
      RowType rowType = table.rowType();
      return Optional.of(
          Predicate.and(
              found.entrySet().stream()
                  .map(
                      e ->
                          Predicate.compare(
                              ColumnRef.of(rowType, rowType.getFieldIndex(e.getKey())),
                              Operator.EQUAL,
                              e.getValue()))
                  .toList()));
    } catch (FlussException e) {
      problems.add("setPartitionFilter: " + e.getMessage());
      return Optional.empty();
    }
  }

  private StartingOffsets start() {
    OffsetsInitializer given = wishes.start();
    if (given == null) {
      return settings.map(ScanSettings::start).orElse(StartingOffsets.full());
    }
    if (given instanceof OffsetsInitializer.Full) {
      return StartingOffsets.full();
    }
    if (given instanceof OffsetsInitializer.Earliest) {
      return StartingOffsets.earliest();
    }
    if (given instanceof OffsetsInitializer.Latest) {
      return StartingOffsets.latest();
    }
    if (given instanceof OffsetsInitializer.Timestamp time) {
      checkPast("setStartingOffsets", "latest()", time);
      return StartingOffsets.timestamp(time.epochMillis());
    }
    return StartingOffsets.at(offsets("setStartingOffsets", given), StartingOffsets.earliest());
  }

  private StoppingOffsets stop() {
    OffsetsInitializer given = wishes.stop();
    if (given == null) {
      return settings.map(ScanSettings::stop).orElse(StoppingOffsets.never());
    }
    if (given instanceof OffsetsInitializer.Latest) {
      return StoppingOffsets.latest();
    }
    if (given instanceof OffsetsInitializer.Timestamp time) {
      checkPast("setBounded", "latest()", time);
      return StoppingOffsets.timestamp(time.epochMillis());
    }
    if (given instanceof OffsetsInitializer.Full || given instanceof OffsetsInitializer.Earliest) {
      problems.add(
          "setBounded: a read cannot end where the table begins. Valid: latest(),"
              + " timestamp(millis), offsets(...), partitionOffsets(...).");
      return StoppingOffsets.latest();
    }
    return StoppingOffsets.at(offsets("setBounded", given));
  }

  private void checkPast(String setter, String instead, OffsetsInitializer.Timestamp time) {
    Instant now = Instant.now();
    if (time.epochMillis() > now.toEpochMilli()) {
      problems.add(
          setter
              + ": timestamp "
              + time.epochMillis()
              + " is in the future; now is "
              + now.toEpochMilli()
              + ". Use OffsetsInitializer."
              + instead
              + ".");
    }
  }

  private Map<TopicPartition, Long> offsets(String setter, OffsetsInitializer given) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    if (given instanceof OffsetsInitializer.Offsets ofTable) {
      if (table.isPartitioned()) {
        problems.add(
            setter
                + ": table '"
                + table.path()
                + "' is partitioned by "
                + table.partitionKeys()
                + ". Use OffsetsInitializer.partitionOffsets(...).");
      }
      put(setter, table.topic(), ofTable.byBucket(), offsets);
    } else if (given instanceof OffsetsInitializer.PartitionOffsets ofPartitions) {
      if (!table.isPartitioned()) {
        problems.add(
            setter
                + ": table '"
                + table.path()
                + "' is not partitioned. Use OffsetsInitializer.offsets(...).");
        return offsets;
      }
      PartitionKeys keys = PartitionKeys.of(table);
      ofPartitions
          .byPartition()
          .forEach(
              (partition, byBucket) ->
                  topic(setter, keys, partition)
                      .ifPresent(topic -> put(setter, topic, byBucket, offsets)));
    }
    return offsets;
  }

  private Optional<String> topic(String setter, PartitionKeys keys, PartitionName partition) {
    List<String> columns = table.partitionKeys();
    if (partition.values().size() != columns.size()) {
      problems.add(
          setter
              + ": partition "
              + partition.values()
              + " does not have a value for each of "
              + columns
              + ".");
      return Optional.empty();
    }
    Map<String, String> spec = new HashMap<>();
    IntStream.range(0, columns.size())
        .forEach(i -> spec.put(columns.get(i), partition.values().get(i)));
    try {
      return Optional.of(keys.topic(keys.nameOf(spec)));
    } catch (FlussException e) {
      problems.add(setter + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void put(
      String setter, String topic, Map<Integer, Long> byBucket, Map<TopicPartition, Long> offsets) {
    byBucket.forEach(
        (bucket, offset) -> {
          if (bucket < 0 || bucket >= table.buckets()) {
            problems.add(
                setter
                    + ": table '"
                    + table.path()
                    + "' has no bucket "
                    + bucket
                    + "; its buckets are 0 to "
                    + (table.buckets() - 1)
                    + ".");
          } else {
            offsets.put(new TopicPartition(topic, bucket), offset);
          }
        });
  }

  private void checkLake(StartingOffsets start, StoppingOffsets stop) {
    Optional<String> format = table.lakeFormat();
    boolean reads =
        format.isPresent()
            && start instanceof StartingOffsets.Full
            && !(stop instanceof StoppingOffsets.Timestamp);
    if (!reads || settings.isEmpty()) {
      return;
    }
    if (!settings.get().lakes().byFormat().containsKey(format.get())) {
      problems.add(
          "setStartingOffsets: full() reads table '"
              + table.path()
              + "' from its lake of format '"
              + format.get()
              + "' too, and nothing says where that is. Call setOption(\""
              + LakeSettings.PREFIX
              + format.get()
              + ".warehouse\", ...), with whatever else its catalog needs, or begin with"
              + " OffsetsInitializer.earliest().");
      return;
    }
    try {
      settings.get().lakes().require(table, Thread.currentThread().getContextClassLoader());
    } catch (FlussException e) {
      problems.add("setOption: " + e.getMessage());
    }
  }

  /** Of a primary-key table: whether its records alone tell what becomes of its rows. */
  private void checkEndless(@Nullable Predicate filter) {
    boolean whole = table.mergeEngine() == MergeEngine.LAST_ROW;
    if (!whole || !table.columnSets().isEmpty()) {
      problems.add(
          "build: table '"
              + table.path()
              + "' "
              + (whole
                  ? "is written by partial updates"
                  : "has merge engine '"
                      + table.mergeEngine().name().toLowerCase(Locale.ROOT)
                      + "'")
              + ", so that its rows have to be put together, with state. Use changelog(environment,"
              + " name) in place of build(), or setBounded().");
    }
    int[] key = table.keyPositions();
    if (filter != null
        && IntStream.of(filter.columns()).anyMatch(c -> IntStream.of(key).noneMatch(k -> k == c))) {
      problems.add(
          "setFilter: the filter "
              + filter
              + " is about other columns than the primary key "
              + table.primaryKey()
              + ", so that a row which matches no more would not be seen to go. Use"
              + " changelog(environment, name) in place of build(), which tells old rows, or"
              + " setBounded().");
    }
  }

  private void checkSchema(RowType rowType) {
    try {
      InstantiationUtil.serializeObject(wishes.schema());
      wishes.schema().getProducedType(rowType);
    } catch (NotSerializableException e) {
      problems.add(
          "setDeserializationSchema: "
              + wishes.schema().getClass().getName()
              + " cannot go to the tasks, for it holds a "
              + e.getMessage()
              + ", which is not serializable. Make it in open(), in a transient field.");
    } catch (IOException | RuntimeException e) {
      problems.add("setDeserializationSchema: " + e.getMessage());
    }
  }
}
