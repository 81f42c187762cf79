package io.fluss.format.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.UnsupportedFormatException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchHeaderTest {
  private static final byte[] VALUE = {1, 2, 3};

  @Test
  void parsesWhatItWrote() {
    // Given
    BatchHeader header =
        new BatchHeader(
            300,
            Integer.MAX_VALUE,
            BodyKind.ARROW,
            List.of(
                new HeaderField(HeaderField.STATISTICS, new byte[200]),
                new HeaderField(HeaderField.WRITER, new byte[0])));

    // When
    BatchHeader parsed = BatchHeader.parse(header.toBytes());

    // Then
    assertThat(parsed).isEqualTo(header);
    assertThat(parsed.field(HeaderField.STATISTICS)).hasValue(new byte[200]);
    assertThat(parsed.field(HeaderField.COLUMN_GROUP)).isEmpty();
  }

  @Test
  void aPlainHeaderTakesFiveBytes() {
    // When
    byte[] bytes = BatchHeader.of(1, 512, BodyKind.ARROW).toBytes();

    // Then
    assertThat(bytes).containsExactly(1, 1, 1, 0x80, 4);
  }

  @Test
  void skipsAnUnknownOptionalField() {
    // Given
    HeaderField unknown = new HeaderField(0x7f, VALUE);
    byte[] bytes = new BatchHeader(1, 5, BodyKind.ARROW, List.of(unknown)).toBytes();

    // When
    BatchHeader parsed = BatchHeader.parse(bytes);

    // Then
    assertThat(parsed.rowCount()).isEqualTo(5);
    assertThat(parsed.fields()).containsExactly(unknown);
  }

  @Test
  void refusesAnUnknownRequiredFieldByItsTag() {
    // Given
    HeaderField required = new HeaderField(HeaderField.COLUMN_GROUP, VALUE);
    byte[] bytes = new BatchHeader(1, 5, BodyKind.ARROW, List.of(required)).toBytes();

    // When // Then
    assertThatThrownBy(() -> BatchHeader.parse(bytes))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessage(
            "Cannot read batch: its header has the required field 0x81, which is not known here."
                + " Read it with a newer version.");
  }

  @Test
  void refusesAnUnknownVersionWithTheSupportedRange() {
    assertThatThrownBy(() -> BatchHeader.parse(new byte[] {2, 99}))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessage(
            "Cannot read batch: its format version is 2, supported here: 1 to 1."
                + " Read it with a newer version.");
  }

  @Test
  void refusesAnUnknownBodyKind() {
    assertThatThrownBy(() -> BatchHeader.parse(new byte[] {1, 9, 1, 1}))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("body kind is 9, supported here: [ARROW, ARROW_ZSTD]");
  }

  @Test
  void refusesEveryTruncation() {
    // Given
    HeaderField field = new HeaderField(HeaderField.WRITER, VALUE);
    byte[] bytes = new BatchHeader(1000, 1000, BodyKind.ARROW, List.of(field)).toBytes();
    int withoutField = BatchHeader.of(1000, 1000, BodyKind.ARROW).toBytes().length;
    for (int length = 0; length < bytes.length; length++) {
      if (length != withoutField) {
        byte[] truncated = Arrays.copyOf(bytes, length);

        // When // Then
        assertThatThrownBy(() -> BatchHeader.parse(truncated))
            .isInstanceOf(CorruptBatchException.class)
            .hasMessageContaining("it ends after " + length + " bytes");
      }
    }
  }

  @Test
  void refusesATagThatIsThereTwice() {
    assertThatThrownBy(
            () -> BatchHeader.parse(HexFormat.of().parseHex("01010101" + "020107" + "020108")))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessage("Cannot read batch header: field 0x02 is there twice");
  }

  @Test
  void refusesANumberOverTheIntRange() {
    assertThatThrownBy(() -> BatchHeader.parse(HexFormat.of().parseHex("0101" + "ffffffff0f01")))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessageContaining("schema version before byte 7 is over 2^31 - 1");
  }
}
