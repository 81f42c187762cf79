package io.fluss.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.table.Watermark;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** Records of format version 1 stay readable, and stay what we write, for good. */
class GoldenRecordsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TablePath PATH = TablePath.of("shop", "orders");

  private static final TableInfo TABLE =
      new TableInfo(
          UUID.fromString("6f1f1a52-9d0e-4c8e-8a43-0d7c6f3b2a10"),
          PATH,
          TableState.READY,
          "shop.orders",
          "aTw3Y0nMSrq5b1d2e3f4Gw",
          2,
          List.of(
              new Column.Physical(0, "id", new BigIntType(false), "number of the order"),
              new Column.Physical(1, "price", new DecimalType(10, 2), null),
              new Column.Physical(
                  3,
                  "item",
                  RowType.of(new LogicalType[] {new VarCharType(20)}, new String[] {"name"}),
                  null),
              new Column.Physical(4, "placed", new TimestampType(3), null),
              new Column.Computed("double", "`price` * 2", new DecimalType(12, 2), "twice"),
              new Column.Metadata("at", new LocalZonedTimestampType(3), "timestamp", true, null)),
          List.of(new Watermark("placed", "`placed` - INTERVAL '5' SECOND", "TIMESTAMP(3)")),
          List.of(
              new SchemaVersion(
                  1,
                  List.of(
                      new SchemaVersion.Field(0, "id", new BigIntType(false)),
                      new SchemaVersion.Field(2, "gone", new IntType())))),
          5,
          List.of(),
          List.of(),
          List.of(),
          List.of("id"),
          3,
          BucketFunction.MURMUR3,
          Map.of("table.log.ttl", "3 d"),
          "the orders",
          1_760_000_000_000L);

  private static final TableInfo KEYED_TABLE =
      new TableInfo(
          UUID.fromString("0b3f6b0e-52c8-4a44-9d5c-6a9f0f1f7c21"),
          PATH,
          TableState.READY,
          "shop.orders",
          "bTw3Y0nMSrq5b1d2e3f4Gw",
          1,
          List.of(
              new Column.Physical(0, "shop", new IntType(false), null),
              new Column.Physical(1, "id", new BigIntType(false), null),
              new Column.Physical(2, "price", new DecimalType(10, 2), null),
              new Column.Physical(3, "placed", new TimestampType(3), null)),
          List.of(),
          List.of(),
          4,
          List.of("id", "shop"),
          List.of(
              new ColumnSet(1, List.of(2, 3), 1_760_000_000_001L),
              new ColumnSet(127, List.of(3), 1_760_000_000_002L)),
          List.of(),
          List.of("shop"),
          3,
          BucketFunction.MURMUR3,
          Map.of("table.delete.behavior", "ignore"),
          null,
          1_760_000_000_000L);

  private static final DatabaseInfo DATABASE =
      new DatabaseInfo("shop", false, "all of it", Map.of("owner", "me"), 1_760_000_000_000L);

  @Test
  void theTableRecordIsWritten() throws IOException {
    assertThat(JSON.readTree(TableInfoJson.write(TABLE)))
        .isEqualTo(JSON.readTree(golden("table-v1.json")));
  }

  @Test
  void theTableRecordIsRead() {
    assertThat(TableInfoJson.read(PATH, golden("table-v1.json"))).isEqualTo(TABLE);
  }

  @Test
  void theRecordOfAPrimaryKeyTableIsWritten() throws IOException {
    assertThat(JSON.readTree(TableInfoJson.write(KEYED_TABLE)))
        .isEqualTo(JSON.readTree(golden("primary-key-table-v1.json")));
  }

  @Test
  void theRecordOfAPrimaryKeyTableIsRead() {
    assertThat(TableInfoJson.read(PATH, golden("primary-key-table-v1.json")))
        .isEqualTo(KEYED_TABLE);
  }

  @Test
  void theDatabaseRecordIsWritten() throws IOException {
    assertThat(JSON.readTree(DatabaseInfoJson.write(DATABASE)))
        .isEqualTo(JSON.readTree(golden("database-v1.json")));
  }

  @Test
  void theDatabaseRecordIsRead() {
    assertThat(DatabaseInfoJson.read("shop", golden("database-v1.json"))).isEqualTo(DATABASE);
  }

  /** A field that is not known in every object; options and properties have keys of their own. */
  private static String withMore(String json) throws IOException {
    JsonNode root = JSON.readTree(json);
    addTo(root, "");
    return root.toString();
  }

  private static void addTo(JsonNode node, String name) {
    node.properties().forEach(field -> addTo(field.getValue(), field.getKey()));
    if (node instanceof ObjectNode object) {
      if (!name.equals("options") && !name.equals("properties")) {
        object.putObject("added").putArray("x").add(1);
      }
    } else {
      node.elements().forEachRemaining(element -> addTo(element, ""));
    }
  }

  @Test
  void whatANewerVersionAddsToRecordsIsPassedOver() throws IOException {
    assertThat(TableInfoJson.read(PATH, withMore(golden("table-v1.json")))).isEqualTo(TABLE);
    assertThat(TableInfoJson.read(PATH, withMore(golden("primary-key-table-v1.json"))))
        .isEqualTo(KEYED_TABLE);
    assertThat(DatabaseInfoJson.read("shop", withMore(golden("database-v1.json"))))
        .isEqualTo(DATABASE);
  }

  private static String golden(String name) {
    try (InputStream in = GoldenRecordsTest.class.getResourceAsStream("/golden/metadata/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
