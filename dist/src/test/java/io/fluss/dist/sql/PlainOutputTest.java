package io.fluss.dist.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainOutputTest {

  @ParameterizedTest
  @CsvSource({
    "ESC[34;1m[INFO] Ok.ESC[0m, [INFO] Ok.",
    "ESC[mé, é",
    "ESC[2J, ESC[2J",
    "ESCESC[1mx, ESCx",
    "ESCm, ESCm",
    "ends ESC[3, ends ESC[3",
  })
  void dropsColourCodesAndNothingElse(String written, String expected) throws Exception {
    // Given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PlainOutput output = new PlainOutput(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    // When
    try (output) {
      output.write(written.replace("ESC", "\u001b").getBytes(StandardCharsets.UTF_8));
    }

    // Then
    assertThat(bytes.toString(StandardCharsets.UTF_8).replace("\u001b", "ESC")).isEqualTo(expected);
  }
}
