package io.fluss.dist.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.types.Row;

/** The flights of a CSV file as a stream that arrives at a given pace. */
final class FlightLines implements GeneratorFunction<Long, Row> {

  private static final long serialVersionUID = 1L;

  private final String file;
  private transient List<String> lines;

  private FlightLines(String file) {
    this.file = file;
  }

  /**
   * A bounded source of the rows below the header line.
   *
   * @param perSecond rows a second over all subtasks
   */
  static DataGeneratorSource<Row> source(Path file, long rows, double perSecond) {
    TypeInformation<Row> type =
        Types.ROW_NAMED(
            new String[] {
              "flight_id", "flight_time", "delay_minutes", "distance_miles", "origin", "destination"
            },
            Types.INT,
            Types.STRING,
            Types.INT,
            Types.INT,
            Types.STRING,
            Types.STRING);
    return new DataGeneratorSource<>(
        new FlightLines(file.toString()), rows, RateLimiterStrategy.perSecond(perSecond), type);
  }

  @Override
  public void open(SourceReaderContext context) {
    try {
      lines = Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the demo's data '" + file + "'.", e);
    }
  }

  @Override
  public Row map(Long index) {
    String[] fields = lines.get(Math.toIntExact(index) + 1).split(",");
    return Row.of(
        Integer.valueOf(fields[0]),
        fields[1],
        Integer.valueOf(fields[2]),
        Integer.valueOf(fields[3]),
        fields[4],
        fields[5]);
  }
}
