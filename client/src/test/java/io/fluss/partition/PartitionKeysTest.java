package io.fluss.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.admin.TableDescriptor;
import io.fluss.format.key.KeyTypes;
import io.fluss.format.key.KeyValues;
import io.fluss.table.TablePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionKeysTest {

  private static final LogicalType STRING = new VarCharType(false, VarCharType.MAX_LENGTH);

  static Stream<LogicalType> types() {
    return KeyTypes.ALL.stream();
  }

  private static PartitionKeys keys(LogicalType... types) {
    TableDescriptor.Builder table = TableDescriptor.builder().column("x", new IntType());
    List<String> names = IntStream.range(0, types.length).mapToObj(i -> "p" + i).toList();
    for (int i = 0; i < types.length; i++) {
      table.column(names.get(i), types[i]);
    }
    return PartitionKeys.of(
        table
            .partitionKeys(names)
            .build()
            .toTableInfo(TablePath.of("d", "t"), UUID.randomUUID(), "d.t"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void aTopicNamesItsValuesAndEqualValuesShareOne(LogicalType type) {
    // Given
    PartitionKeys keys = keys(type);
    List<Object> values = new KeyValues(new Random(7)).of(type);
    List<PartitionName> names = new ArrayList<>();
    for (Object value : values) {

      // When
      PartitionName name = keys.nameOf(GenericRowData.of(value));
      names.add(name);

      // Then
      String topic = keys.topic(name);
      assertThat(topic).matches("d\\.t\\.[A-Za-z0-9_-]+").doesNotStartWith("d.t.__");
      assertThat(keys.partitionOf(topic)).contains(name);
      assertThat(keys.nameOf(keys.spec(name))).isEqualTo(name);
      Object read = RowData.createFieldGetter(type, 0).getFieldOrNull(keys.values(name));
      assertThat(KeyValues.compare(value, read)).as("%s and %s", value, read).isZero();
    }
    for (int a = 0; a < names.size(); a++) {
      for (int b = 0; b < names.size(); b++) {
        assertThat(names.get(a).equals(names.get(b)))
            .as("%s and %s", values.get(a), values.get(b))
            .isEqualTo(KeyValues.compare(values.get(a), values.get(b)) == 0);
      }
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void severalKeysOfAnyTextAreToldApart(int seed) {
    // Given
    Random random = new Random(seed);
    PartitionKeys keys = keys(STRING, STRING, STRING);
    List<PartitionName> names = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      names.add(PartitionName.of(text(random), text(random), text(random)));
    }
    // When
    List<String> topics = names.stream().map(keys::topic).toList();
    // Then
    assertThat(topics.stream().map(keys::partitionOf).map(Optional::orElseThrow))
        .containsExactlyElementsOf(names);
    assertThat(topics.stream().distinct().count()).isEqualTo(names.stream().distinct().count());
  }

  /** Few kinds of characters, so that texts are often alike. */
  private static String text(Random random) {
    String[] parts = {"_", "__", ".", "5f", "a", "-", "/", "é", "😀", " ", "=", "A", "%", "2e"};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }

  /** As in docs/format/partitions.md; never to change. */
  @ParameterizedTest
  @CsvSource({
    "'', _",
    "eu-west, eu-west",
    "eu_west, eu_5fwest",
    "2025.06, 2025_2e06",
    "a/b c, a_2fb_20c",
    "Zürich, Z_c3_bcrich",
    "😀, _f0_9f_98_80"
  })
  void topicsAreNamedAsSpecified(String value, String token) {
    assertThat(keys(STRING).topic(PartitionName.of(value))).isEqualTo("d.t." + token);
  }

  @ParameterizedTest
  @CsvSource({
    "d.t",
    "d.t.",
    "d.t.a.b",
    "d.t.__12345678",
    "d.t._5",
    "d.t._5F",
    "d.t._61",
    "d.t._ff",
    "d.u.a"
  })
  void otherTopicsAreNoPartitions(String topic) {
    assertThat(keys(STRING).partitionOf(topic)).isEmpty();
  }

  @Test
  void topicsWhoseTextIsAnotherThanThatOfItsValueAreNoPartitions() {
    assertThat(keys(new IntType(false)).partitionOf("d.t.7")).isPresent();
    assertThat(keys(new IntType(false)).partitionOf("d.t.07")).isEmpty();
    assertThat(keys(new IntType(false)).partitionOf("d.t.x")).isEmpty();
    assertThat(keys(new DecimalType(false, 4, 2)).partitionOf("d.t.1_2e5")).isEmpty();
  }

  @Test
  void statementsMayWriteAValueInSeveralWays() {
    // Given
    PartitionKeys keys = keys(new DateType(false), new DecimalType(false, 4, 2), STRING);
    // When
    PartitionName name = keys.nameOf(Map.of("p0", "2025-06-17", "p1", "1.5", "p2", "x"));
    // Then
    assertThat(name).isEqualTo(PartitionName.of("2025-06-17", "1.50", "x"));
    assertThat(keys.show(name)).isEqualTo("p0=2025-06-17/p1=1.50/p2=x");
    assertThat(keys.matching(Map.of("p1", "01.5"))).accepts(name);
    assertThat(keys.matching(Map.of("p1", "1.51"))).rejects(name);
  }

  @Test
  void whatCannotBeAPartitionIsRefused() {
    PartitionKeys keys = keys(STRING, new IntType(false));
    assertThatThrownBy(() -> keys.nameOf(GenericRowData.of(null, 1)))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("A row of table 'd.t' has null in its partition key 'p0'");
    assertThatThrownBy(
            () -> keys.nameOf(GenericRowData.of(StringData.fromString("é".repeat(50)), 1)))
        .hasMessageContaining("a name of 306 characters, and Kafka allows 249")
        .hasMessageContaining("p0=é");
    assertThatThrownBy(() -> keys.topic(PartitionName.of("\ud800", "1")))
        .hasMessageContaining("this value of 'p0'")
        .hasMessageContaining("no valid Unicode");
    assertThatThrownBy(() -> keys.nameOf(Map.of("p1", "a", "q", "1")))
        .hasMessageContaining("'a' is not a value of 'p1', which is of type INT NOT NULL")
        .hasMessageContaining("'q' is not a partition key; those are [p0, p1]")
        .hasMessageContaining("It has no value for 'p0'");
  }
}
