package io.fluss.format.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.format.PlainValues;
import io.fluss.format.RandomRows;
import io.fluss.format.RandomTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArrowRoundTripTest {
  private static final List<ArrowCompression> CODECS =
      List.of(ArrowCompression.none(), ArrowCompression.lz4Frame(), ArrowCompression.zstd(3));

  static IntStream seeds() {
    return IntStream.range(0, 120);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyRowOfAnySchemaRoundTrips(int seed) {
    // Given
    Random random = new Random(seed);
    RowType type = new RandomTypes(random).row(3);
    List<RowData> rows = new RandomRows(random).rows(type, random.nextInt(200));
    for (ArrowCompression codec : CODECS) {

      // When
      ArrowRows decoded = ArrowBatchDecoder.of(type).decode(encode(type, codec, rows));

      // Then
      assertThat(PlainValues.of(decoded, type)).isEqualTo(PlainValues.of(rows, type));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyProjectionEqualsTheSameColumnsOfTheFullRow(int seed) {
    // Given
    Random random = new Random(seed);
    RowType type = new RandomTypes(random).row(3);
    List<RowData> rows = new RandomRows(random).rows(type, 1 + random.nextInt(100));
    byte[] message = encode(type, CODECS.get(seed % CODECS.size()), rows);
    int[][] projection = projection(random, type);
    ArrowBatchDecoder decoder = ArrowBatchDecoder.of(type, projection);

    // When
    ArrowRows projected = decoder.decode(message);

    // Then
    List<List<Object>> expected = new ArrayList<>();
    for (List<Object> row : PlainValues.of(rows, type)) {
      List<Object> picked = new ArrayList<>();
      for (int[] path : projection) {
        picked.add(pick(row, path));
      }
      expected.add(picked);
    }
    assertThat(PlainValues.of(projected, decoder.projectedType())).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRangeOfRowsIsABatchOfItsOwn(int seed) {
    // Given
    Random random = new Random(seed);
    RowType type = new RandomTypes(random).row(2);
    List<RowData> rows = new RandomRows(random).rows(type, 1 + random.nextInt(150));
    int from = random.nextInt(rows.size());
    int to = from + random.nextInt(rows.size() - from + 1);
    BufferPool pool = new BufferPool();
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.none(), pool)) {
      rows.forEach(encoder::append);

      // When
      byte[] message = encoder.encode(from, to);

      // Then
      assertThat(PlainValues.of(ArrowBatchDecoder.of(type).decode(message), type))
          .isEqualTo(PlainValues.of(rows.subList(from, to), type));
      assertThat(message).isEqualTo(encode(type, ArrowCompression.none(), rows.subList(from, to)));
    }
    assertThat(pool.outstandingBytes()).isZero();
  }

  @Test
  void everyTypeRoundTripsAfterTheEncoderWasUsedBefore() {
    // Given
    RowType type = RandomTypes.everyType();
    List<RowData> before = new RandomRows(new Random(1)).rows(type, 300);
    List<RowData> rows = new RandomRows(new Random(2)).rows(type, 100);
    BufferPool pool = new BufferPool();
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.none(), pool)) {
      before.forEach(encoder::append);
      encoder.encode();
      encoder.reset();
      rows.forEach(encoder::append);

      // When
      byte[] message = encoder.encode();

      // Then
      assertThat(PlainValues.of(ArrowBatchDecoder.of(type).decode(message), type))
          .isEqualTo(PlainValues.of(rows, type));
      assertThat(message).isEqualTo(encode(type, ArrowCompression.none(), rows));
    }
  }

  @Test
  void rowsMayBeKeptWhileOtherBatchesAreRead() {
    // Given
    RowType type = RandomTypes.everyType();
    ArrowBatchDecoder decoder = ArrowBatchDecoder.of(type);
    List<RowData> written = new RandomRows(new Random(5)).rows(type, 400);
    List<RowData> kept = new ArrayList<>();

    // When
    for (int batch = 0; batch < 8; batch++) {
      ArrowCompression codec = CODECS.get(batch % CODECS.size());
      ArrowRows rows =
          decoder.decode(encode(type, codec, written.subList(batch * 50, batch * 50 + 50)));
      for (int i = 0; i < rows.rowCount(); i++) {
        kept.add(rows.row(i));
      }
    }

    // Then
    assertThat(PlainValues.of(kept, type)).isEqualTo(PlainValues.of(written, type));
  }

  @Test
  void anEmptyProjectionKnowsTheRowCount() {
    // Given
    RowType type = RandomTypes.everyType();
    List<RowData> rows = new RandomRows(new Random(3)).rows(type, 17);
    byte[] message = encode(type, ArrowCompression.zstd(3), rows);

    // When
    ArrowRows decoded = ArrowBatchDecoder.of(type, new int[0][]).decode(message);

    // Then
    assertThat(decoded.rowCount()).isEqualTo(17);
    assertThat(decoded.row(16).getArity()).isZero();
  }

  private static Object pick(List<Object> row, int[] path) {
    Object value = row;
    for (int index : path) {
      value = value == null ? null : ((List<?>) value).get(index);
    }
    return value;
  }

  private static int[][] projection(Random random, RowType type) {
    int[][] projection = new int[random.nextInt(5)][];
    for (int i = 0; i < projection.length; i++) {
      List<Integer> path = new ArrayList<>();
      LogicalType current = type;
      while (current instanceof RowType row && (path.isEmpty() || random.nextInt(4) > 0)) {
        int index = random.nextInt(row.getFieldCount());
        path.add(index);
        current = row.getTypeAt(index);
      }
      projection[i] = path.stream().mapToInt(Integer::intValue).toArray();
    }
    return projection;
  }

  private static byte[] encode(RowType type, ArrowCompression codec, List<RowData> rows) {
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, codec, new BufferPool())) {
      rows.forEach(encoder::append);
      return encoder.encode();
    }
  }
}
