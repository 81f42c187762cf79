package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeShape;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeSplit;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/** Cuts reads into splits: parts of files of one partition and bucket, up to Iceberg's size. */
final class SplitPlanner {

  /** Files in the order in which they were committed. */
  static final Comparator<FileTask> ORDER =
      Comparator.<FileTask, Long>comparing(
              t -> Optional.ofNullable(t.file().dataSequenceNumber()).orElse(0L))
          .thenComparing(t -> t.file().location())
          .thenComparingLong(FileTask::start);

  private final TableInfo info;
  private final Table table;

  SplitPlanner(TableInfo info, Table table) {
    this.info = info;
    this.table = table;
  }

  List<LakeSplit> plan(LakeSnapshot snapshot, LakeRead wanted) {
    if (table.snapshot(snapshot.id()) == null) {
      throw new FlussException(
          "Snapshot "
              + snapshot.id()
              + " of lake table '"
              + info.path()
              + "' has expired. Start the read again.");
    }
    TableScan scan =
        table.newScan().useSnapshot(snapshot.id()).includeColumnStats(FileBucket.columns(info));
    // Iceberg looks for the columns of a condition in the schema that the snapshot was made with.
    SchemaVersion then = LakeColumnsHistory.of(info, table).at(table.snapshot(snapshot.id()));
    LakeShape shape = new LakeShape(info, then);
    LakeRead read = shape.read(wanted);
    Optional<Expression> filter =
        read.filter()
            .flatMap(f -> new PredicateToExpression(shape.inLake().rowType()).translate(f));
    if (filter.isPresent()) {
      scan = scan.filter(filter.get());
    }
    long splitBytes = scan.targetSplitSize();
    long openCost = scan.splitOpenFileCost();
    List<LakeSplit> splits = new ArrayList<>();
    tasks(scan, splitBytes, read)
        .forEach(
            (bucket, tasks) -> {
              tasks.sort(ORDER);
              pack(tasks, splitBytes, openCost)
                  .forEach(p -> splits.add(split(bucket, p, then.version())));
            });
    return splits;
  }

  private Map<LakeBucket, List<FileTask>> tasks(TableScan scan, long splitBytes, LakeRead read) {
    FileBucket buckets = new FileBucket(info, table);
    Map<LakeBucket, List<FileTask>> tasks = new LinkedHashMap<>();
    long missing =
        read.filter().isPresent() || read.limit() == null ? Long.MAX_VALUE : read.limit();
    try (CloseableIterable<FileScanTask> files = scan.planFiles()) {
      for (FileScanTask file : files) {
        Optional<Long> rows = FileTask.of(file).rowsOfFile();
        if (rows.filter(r -> r == 0).isPresent()) {
          continue;
        }
        List<FileTask> ofBucket =
            tasks.computeIfAbsent(buckets.of(file.file()), b -> new ArrayList<>());
        file.split(splitBytes).forEach(part -> ofBucket.add(FileTask.of(part)));
        missing -= rows.orElse(0L);
        if (missing <= 0) {
          break;
        }
      }
    } catch (IOException | RuntimeException e) {
      throw Failures.of("The files of lake table '" + info.path() + "' cannot be listed", e);
    }
    return tasks;
  }

  private static List<List<FileTask>> pack(List<FileTask> tasks, long splitBytes, long openCost) {
    List<List<FileTask>> packs = new ArrayList<>();
    long room = 0;
    for (FileTask task : tasks) {
      long weight = Math.max(task.length(), openCost);
      if (packs.isEmpty() || room < weight) {
        packs.add(new ArrayList<>());
        room = splitBytes;
      }
      packs.get(packs.size() - 1).add(task);
      room -= weight;
    }
    return packs;
  }

  private LakeSplit split(LakeBucket bucket, List<FileTask> tasks, int columns) {
    return new LakeSplit(
        bucket.partition(),
        bucket.bucket(),
        tasks.stream().mapToLong(FileTask::length).sum(),
        tasks.stream().mapToLong(FileTask::rows).sum(),
        SplitDescription.write(tasks, table.specs(), columns));
  }
}
