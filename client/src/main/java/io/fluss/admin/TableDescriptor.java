package io.fluss.admin;

import io.fluss.options.TableOptions;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.table.Watermark;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A table as someone wants it, not yet checked; {@link TableRules} checks it.
 *
 * @param columns in the order of their declaration; ids of physical ones count from 0
 * @param primaryKey columns of the primary key, empty for a log table
 * @param partitionKeys columns that the table is partitioned by
 * @param options all of them, including {@code bucket.num} and {@code bucket.key}
 */
@PublicEvolving
public record TableDescriptor(
    List<Column> columns,
    List<Watermark> watermarks,
    List<String> primaryKey,
    List<String> partitionKeys,
    Map<String, String> options,
    @Nullable String comment) {

  public TableDescriptor {
    columns = List.copyOf(columns);
    watermarks = List.copyOf(watermarks);
    primaryKey = List.copyOf(primaryKey);
    partitionKeys = List.copyOf(partitionKeys);
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /** The table as it is, as someone would want it who wants the same. */
  static TableDescriptor of(TableInfo table) {
    Map<String, String> options = new HashMap<>(table.options());
    options.put(TableOptions.BUCKET_NUM.key(), String.valueOf(table.buckets()));
    if (!table.bucketKey().isEmpty()) {
      options.put(TableOptions.BUCKET_KEY.key(), String.join(",", table.bucketKey()));
    }
    return new TableDescriptor(
        table.columns(),
        table.watermarks(),
        table.primaryKey(),
        table.partitionKeys(),
        options,
        table.comment());
  }

  public static Builder builder() {
    return new Builder();
  }

  List<Column.Physical> physicalColumns() {
    return columns.stream()
        .filter(Column.Physical.class::isInstance)
        .map(Column.Physical.class::cast)
        .toList();
  }

  /** The columns of {@code bucket.key}, as given. */
  List<String> bucketKey() {
    String key = options.get(TableOptions.BUCKET_KEY.key());
    return key == null ? List.of() : Stream.of(key.split(",", -1)).map(String::trim).toList();
  }

  /** The same table with one more option, or another value of it. */
  public TableDescriptor withOption(String key, String value) {
    Map<String, String> all = new HashMap<>(options);
    all.put(key, value);
    return withOptions(all);
  }

  /** The same table with other options. */
  TableDescriptor withOptions(Map<String, String> others) {
    return new TableDescriptor(columns, watermarks, primaryKey, partitionKeys, others, comment);
  }

  /** The record with which the creation of this table begins. The descriptor was checked before. */
  public TableInfo toTableInfo(TablePath path, UUID id, String topic) {
    Map<String, String> recorded = new HashMap<>(options);
    recorded.remove(TableOptions.BUCKET_NUM.key());
    recorded.remove(TableOptions.BUCKET_KEY.key());
    List<String> recordedBucketKey = recordedBucketKey();
    return new TableInfo(
        id,
        path,
        TableState.CREATING,
        topic,
        null,
        1,
        columns.stream().map(this::recorded).toList(),
        watermarks,
        List.of(),
        physicalColumns().stream().mapToInt(Column.Physical::fieldId).max().orElse(-1) + 1,
        primaryKey,
        List.of(),
        partitionKeys,
        recordedBucketKey,
        Configuration.fromMap(options).get(TableOptions.BUCKET_NUM),
        recordedBucketKey.isEmpty() ? BucketFunction.MURMUR3 : BucketFunction.PAIMON,
        recorded,
        comment,
        Clock.systemUTC().millis());
  }

  /** Columns of the primary key are never null, whether that was said or not. */
  private Column recorded(Column column) {
    return column instanceof Column.Physical p && primaryKey.contains(p.name())
        ? new Column.Physical(p.fieldId(), p.name(), p.type().copy(false), p.comment())
        : column;
  }

  private List<String> recordedBucketKey() {
    List<String> given = bucketKey();
    return given.isEmpty() ? TableInfo.defaultBucketKey(primaryKey, partitionKeys) : given;
  }

  /** Gathers a descriptor column by column. */
  public static final class Builder {

    private final List<Column> columns = new ArrayList<>();
    private final List<Watermark> watermarks = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();
    private List<String> primaryKey = List.of();
    private List<String> partitionKeys = List.of();
    private int nextFieldId;
    @Nullable private String comment;

    private Builder() {}

    /** Adds a column stored in the log. */
    public Builder column(String name, LogicalType type) {
      return column(name, type, null);
    }

    /** Adds a column stored in the log. */
    public Builder column(String name, LogicalType type, @Nullable String columnComment) {
      columns.add(new Column.Physical(nextFieldId++, name, type, columnComment));
      return this;
    }

    public Builder computed(
        String name, String expression, LogicalType type, @Nullable String columnComment) {
      columns.add(new Column.Computed(name, expression, type, columnComment));
      return this;
    }

    public Builder metadata(
        String name,
        LogicalType type,
        @Nullable String key,
        boolean virtual,
        @Nullable String columnComment) {
      columns.add(new Column.Metadata(name, type, key, virtual, columnComment));
      return this;
    }

    public Builder watermark(Watermark watermark) {
      watermarks.add(watermark);
      return this;
    }

    public Builder primaryKey(List<String> keys) {
      primaryKey = keys;
      return this;
    }

    public Builder partitionKeys(List<String> keys) {
      partitionKeys = keys;
      return this;
    }

    /** Sets {@code bucket.num}. */
    public Builder buckets(int buckets) {
      return option(TableOptions.BUCKET_NUM.key(), String.valueOf(buckets));
    }

    /** Sets {@code bucket.key}. */
    public Builder bucketKey(String... bucketKeyColumns) {
      return option(TableOptions.BUCKET_KEY.key(), String.join(",", bucketKeyColumns));
    }

    public Builder option(String key, String value) {
      options.put(key, value);
      return this;
    }

    public Builder options(Map<String, String> more) {
      options.putAll(more);
      return this;
    }

    public Builder comment(@Nullable String tableComment) {
      comment = tableComment;
      return this;
    }

    public TableDescriptor build() {
      return new TableDescriptor(columns, watermarks, primaryKey, partitionKeys, options, comment);
    }
  }
}
