package io.fluss.union;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeReader;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeSplit;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.LakeUpserter;
import io.fluss.read.BatchRows;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.junit.jupiter.api.Test;

class LakeCursorTest {

  private static final TableInfo TABLE =
      new TableInfo(
          new UUID(0, 1),
          TablePath.of("d", "t"),
          TableState.READY,
          "d.t",
          null,
          1,
          List.of(new Column.Physical(0, "id", new BigIntType(), null)),
          List.of(),
          List.of(),
          1,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          1,
          BucketFunction.MURMUR3,
          Map.of(),
          null,
          0);

  private static final LakeRest ALL =
      LakeRest.all(List.of(split(0, 5), split(5, 0), split(5, 4)), 0);

  @Test
  void goesThroughAllSplits() {
    assertThat(ids(ALL)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void goesOnFromEveryPlaceWhereItHasBeen() {
    // Given
    List<LakePosition> places = new ArrayList<>();
    List<Integer> readBefore = new ArrayList<>();
    int read = 0;
    try (LakeCursor cursor = cursor(ALL)) {
      while (cursor.next()) {
        int rows = cursor.rows() == null ? 0 : cursor.rows().rowCount();
        for (int i = cursor.from() + 1; i <= rows; i++) {
          places.add(cursor.behind(i));
          readBefore.add(++read);
        }
        if (cursor.rows() == null) {
          places.add(cursor.behind(0));
          readBefore.add(read);
        }
      }
    }

    // Then
    assertThat(places).hasSize(9 + 3).endsWith(new LakePosition(3, 0));
    for (int i = 0; i < places.size(); i++) {
      LakeRest rest = ALL.behind(places.get(i));
      assertThat(ids(rest)).isEqualTo(ids(ALL).subList(readBefore.get(i), 9));
    }
  }

  private static List<Long> ids(LakeRest rest) {
    List<Long> ids = new ArrayList<>();
    try (LakeCursor cursor = cursor(rest)) {
      while (cursor.next()) {
        BatchRows rows = cursor.rows();
        for (int i = cursor.from(); rows != null && i < rows.rowCount(); i++) {
          ids.add(rows.row(i).getLong(0));
        }
      }
    }
    return ids;
  }

  private static LakeCursor cursor(LakeRest rest) {
    return new LakeCursor(new Numbers(), TABLE, new LakeRead(new int[] {0}, null, null), rest);
  }

  private static LakeSplit split(int from, int count) {
    return new LakeSplit(null, 0, 1, count, new byte[] {(byte) from, (byte) count});
  }

  /** Splits of rising numbers, two in a batch. */
  private static final class Numbers implements LakeStorage {

    @Override
    public LakeReader reader(TableInfo table, LakeRead read, LakeSplit split) {
      int from = split.description()[0];
      int to = from + split.description()[1];
      return new LakeReader() {
        private int next = from;

        @Nullable
        @Override
        public BatchRows next() {
          int first = next;
          next = Math.min(to, next + 2);
          return first == next ? null : new Range(first, next - first);
        }

        @Override
        public void close() {
          next = to;
        }
      };
    }

    @Override
    public void createTable(TableInfo table) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<LakeSnapshot> latestSnapshot(TableInfo table) {
      throw new UnsupportedOperationException();
    }

    @Override
    public LakeAppender appender(TableInfo table, LakeBucket bucket) {
      throw new UnsupportedOperationException();
    }

    @Override
    public LakeUpserter upserter(TableInfo table, LakeBucket bucket, Path temporaryDirectory) {
      throw new UnsupportedOperationException();
    }

    @Override
    public LakeCommitter committer(TableInfo table) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<LakeSplit> plan(TableInfo table, LakeSnapshot snapshot, LakeRead read) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  private record Range(int first, int rowCount) implements BatchRows {
    @Override
    public RowData row(int index) {
      return GenericRowData.of((long) first + index);
    }
  }
}
