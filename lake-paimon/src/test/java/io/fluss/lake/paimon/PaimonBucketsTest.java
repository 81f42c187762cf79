package io.fluss.lake.paimon;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableDescriptor;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.lake.LakeRows;
import io.fluss.testkit.lake.LakeTypes;
import io.fluss.write.KeyedBucketRouter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.sink.FixedBucketRowKeyExtractor;
import org.junit.jupiter.api.Test;

/** Buckets of tables are those that Paimon itself gives the rows. */
class PaimonBucketsTest {

  private static void assertAligned(RowType type, List<String> bucketKey, int buckets, long seed) {
    TableDescriptor.Builder descriptor = TableDescriptor.builder();
    type.getFields().forEach(f -> descriptor.column(f.getName(), f.getType()));
    TableInfo table =
        descriptor
            .buckets(buckets)
            .bucketKey(bucketKey.toArray(String[]::new))
            .build()
            .toTableInfo(TablePath.of("d", "t"), UUID.randomUUID(), "d.t");
    KeyedBucketRouter ours = KeyedBucketRouter.of(table);
    FixedBucketRowKeyExtractor paimon =
        new FixedBucketRowKeyExtractor(TableSchema.create(0, PaimonSchema.of(table)));
    LakeRow lakeRow = new LakeRow(type.getFieldCount(), 0);
    for (RowData row : new LakeRows(seed).rows(type, 200)) {
      paimon.setRecord(lakeRow.replace(row, 0, 0));
      assertThat(ours.bucket(row)).as("%s by %s", row, bucketKey).isEqualTo(paimon.bucket());
    }
  }

  @Test
  void aKeyOfAnyTypeNullOrNotIsInPaimonsBucket() {
    for (LogicalType type : LakeTypes.SCALARS) {
      assertAligned(RowType.of(type), List.of("f0"), 7, 1);
      assertAligned(RowType.of(type.copy(false)), List.of("f0"), 16, 2);
    }
  }

  @Test
  void aKeyOfSeveralColumnsIsInPaimonsBucket() {
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      List<LogicalType> types = new ArrayList<>();
      int columns = 1 + random.nextInt(6);
      IntStream.range(0, columns)
          .forEach(
              c ->
                  types.add(
                      LakeTypes.SCALARS
                          .get(random.nextInt(LakeTypes.SCALARS.size()))
                          .copy(random.nextBoolean())));
      List<String> key =
          new ArrayList<>(IntStream.range(0, columns).mapToObj(c -> "f" + c).toList());
      Collections.shuffle(key, random);
      assertAligned(
          RowType.of(types.toArray(LogicalType[]::new)),
          key.subList(0, 1 + random.nextInt(columns)),
          1 + random.nextInt(40),
          i);
    }
  }

  @Test
  void aKeyOfVeryManyColumnsIsInPaimonsBucket() {
    LogicalType[] types =
        IntStream.range(0, 80)
            .mapToObj(c -> LakeTypes.SCALARS.get(c % LakeTypes.SCALARS.size()))
            .toArray(LogicalType[]::new);
    List<String> key = IntStream.range(0, 80).mapToObj(c -> "f" + c).toList();
    assertAligned(RowType.of(types), key, 64, 4);
  }
}
