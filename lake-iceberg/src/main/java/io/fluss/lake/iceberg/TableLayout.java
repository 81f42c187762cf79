package io.fluss.lake.iceberg;

import io.fluss.lake.LakeSchema;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** What the lake table of a table has to look like. Immutable. */
final class TableLayout {

  private static final String DEFAULT_FORMAT_VERSION = "3";

  /** Bounds of these columns are kept in full: files are told apart by them. */
  private static final String METRICS_OF_COLUMN = "write.metadata.metrics.column.";

  private static final String FULL = "full";

  /** Writers hold a row group in memory, each of several at once. */
  private static final String ROW_GROUP_BYTES = String.valueOf(32 << 20);

  /**
   * A dictionary that the processor's cache holds: with Iceberg's own default of 2 MB most of the
   * time of writing went into looking up the values of columns that hardly repeat. Files with such
   * columns are a few percent larger.
   */
  private static final String DICTIONARY_BYTES = String.valueOf(64 << 10);

  private final TableInfo table;
  private final RowType rowType;

  TableLayout(TableInfo table) {
    this.table = table;
    this.rowType = LakeSchema.rowType(table);
  }

  /** Type of the rows of the lake table. */
  RowType rowType() {
    return rowType;
  }

  static String formatVersion(Map<String, String> options) {
    return options.getOrDefault(TableProperties.FORMAT_VERSION, DEFAULT_FORMAT_VERSION).trim();
  }

  /** With ids that count from 1; a created table may have others. */
  Schema schema() {
    AtomicInteger ids = new AtomicInteger();
    List<Types.NestedField> fields =
        LogicalTypeToIceberg.fields(rowType, ids::incrementAndGet).stream()
            .map(this::withComment)
            .toList();
    Set<Integer> identifiers =
        fields.stream()
            .filter(f -> table.primaryKey().contains(f.name()))
            .filter(f -> isPossibleIdentifier(f.type()))
            .map(Types.NestedField::fieldId)
            .collect(Collectors.toSet());
    return new Schema(fields, allAreIdentifiers(identifiers) ? identifiers : Set.of());
  }

  private Types.NestedField withComment(Types.NestedField field) {
    return table.physicalColumns().stream()
        .filter(c -> c.name().equals(field.name()) && c.comment() != null)
        .findFirst()
        .map(c -> Types.NestedField.from(field).withDoc(c.comment()).build())
        .orElse(field);
  }

  /** Iceberg has no identifier fields of floating-point types: then the table has none at all. */
  private static boolean isPossibleIdentifier(Type type) {
    return type.typeId() != Type.TypeID.FLOAT && type.typeId() != Type.TypeID.DOUBLE;
  }

  private boolean allAreIdentifiers(Set<Integer> identifiers) {
    return identifiers.size() == table.primaryKey().size();
  }

  PartitionSpec spec(Schema schema) {
    return Partitioning.of(table).spec(schema);
  }

  /** Of a new lake table, format version and owner among them. */
  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    List<String> measured = new ArrayList<>(LakeSchema.SYSTEM_COLUMNS);
    measured.addAll(table.primaryKey());
    measured.addAll(table.partitionKeys());
    measured.forEach(c -> properties.put(METRICS_OF_COLUMN + c, FULL));
    if (table.comment() != null) {
      properties.put(TableProperties.COMMENT, table.comment());
    }
    // each round leaves a metadata file behind otherwise
    properties.put(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true");
    properties.put(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, ROW_GROUP_BYTES);
    properties.put(TableProperties.PARQUET_DICT_SIZE_BYTES, DICTIONARY_BYTES);
    Map<String, String> options = LakeSchema.options(table, IcebergFormat.IDENTIFIER);
    properties.putAll(options);
    properties.putAll(LakeSchema.optionsProperty(options));
    properties.put(TableProperties.FORMAT_VERSION, formatVersion(options));
    properties.put(LakeSchema.TABLE_ID_PROPERTY, table.id().toString());
    return properties;
  }

  /** In what a lake table differs, in sentences without subject; none where it fits. */
  List<String> differences(Table found) {
    List<String> differences = new ArrayList<>(differencesOfColumns(found, found.schema()));
    Set<String> identifiers = schema().identifierFieldNames();
    if (!identifiers.equals(found.schema().identifierFieldNames())) {
      differences.add(
          "has identifier fields "
              + found.schema().identifierFieldNames()
              + " where the table has "
              + identifiers);
    }
    Schema schema = schema();
    String spec = text(spec(schema), schema);
    String foundSpec = text(found.spec(), found.schema());
    if (!spec.equals(foundSpec)) {
      differences.add("is partitioned by " + foundSpec + " where the table asks for " + spec);
    }
    return differences;
  }

  private static String text(PartitionSpec spec, Schema schema) {
    return spec.fields().stream()
        .map(f -> f.transform() + " of " + schema.findColumnName(f.sourceId()))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** What keeps us from writing and reading it; columns that somebody has added do not. */
  List<String> differencesOfColumns(Table found, Schema schemaFound) {
    List<String> differences = new ArrayList<>();
    if (table.hasPrimaryKey() && TableUtil.formatVersion(found) < 3) {
      differences.add("has format version " + TableUtil.formatVersion(found) + " and needs 3");
    }
    Schema wanted = schema();
    for (Types.NestedField field : wanted.columns()) {
      Optional<Types.NestedField> other =
          Optional.ofNullable(schemaFound.asStruct().field(field.name()));
      if (other.isEmpty()) {
        differences.add("has no column '" + field.name() + "'");
      } else if (!shape(other.get()).equals(shape(field))) {
        differences.add(
            "has column '"
                + field.name()
                + "' as "
                + shape(other.get())
                + " where the table asks for "
                + shape(field));
      }
    }
    schemaFound.columns().stream()
        .filter(f -> f.isRequired() && wanted.asStruct().field(f.name()) == null)
        .forEach(
            f -> differences.add("has a required column '" + f.name() + "' that the table lacks"));
    return differences;
  }

  /** A type without the ids in it. */
  private static String shape(Types.NestedField field) {
    return (field.isOptional() ? "optional " : "required ") + shape(field.type());
  }

  private static String shape(Type type) {
    return switch (type.typeId()) {
      case STRUCT ->
          type.asStructType().fields().stream()
              .map(f -> f.name() + ": " + shape(f))
              .collect(Collectors.joining(", ", "struct<", ">"));
      case LIST -> "list<" + shape(type.asListType().fields().get(0)) + ">";
      case MAP ->
          type.asMapType().fields().stream()
              .map(TableLayout::shape)
              .collect(Collectors.joining(", ", "map<", ">"));
      default -> type.toString();
    };
  }

  /** The columns that have one value in all rows of a bucket of a partition. */
  static Set<String> constantsOfBucket(TableInfo table) {
    Set<String> constants = new HashSet<>(table.partitionKeys());
    constants.add(LakeSchema.BUCKET);
    return constants;
  }

  /** The columns of a lake table that the table does not have: somebody else has added them. */
  List<String> columnsOfOthers(Table found) {
    List<String> ours = rowType.getFieldNames();
    return found.schema().columns().stream()
        .map(Types.NestedField::name)
        .filter(name -> !ours.contains(name))
        .toList();
  }

  /** The columns of {@link #rowType} as the lake table has them: its ids, our order. */
  Schema columnsOf(Table found) {
    return new Schema(
        rowType.getFieldNames().stream().map(found.schema().asStruct()::field).toList());
  }
}
