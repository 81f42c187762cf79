package io.fluss.write;

import io.fluss.FlussException;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Numbers the partitions of rows, from 0 in the order in which they first come.
 *
 * <p>Per row of a partition that came before: the bytes of its partition values are compared with
 * those of the row before, and if they differ looked up; nothing is allocated and no text is made.
 * Numbers stay, so memory grows with the partitions met, some hundred bytes each. One thread.
 */
final class PartitionRouter {

  private static final int FIRST_CAPACITY = 16;

  private final PartitionKeys keys;
  private final KeyColumns columns;
  private final RowData.FieldGetter[] values;

  private final List<PartitionName> names = new ArrayList<>();
  private final Map<PartitionName, Integer> numbers = new HashMap<>();

  /** Open addressing: bytes of partition values, and beside them the partition's number. */
  private byte[][] known = new byte[FIRST_CAPACITY][];

  private int[] numberOf = new int[FIRST_CAPACITY];
  private int size;

  /** The row before. Values are at least one byte, so none are as these. */
  private byte[] lastBytes = {};

  private int last;

  /**
   * @param table the whole table, partitioned
   * @param rows type of the rows, which have the partition keys
   */
  PartitionRouter(TableInfo table, RowType rows) {
    this.keys = PartitionKeys.of(table);
    this.columns = new KeyColumns(keys.columns(), rows);
    this.values =
        keys.columns().stream()
            .mapToInt(rows::getFieldIndex)
            .mapToObj(pos -> RowData.createFieldGetter(rows.getTypeAt(pos), pos))
            .toArray(RowData.FieldGetter[]::new);
  }

  /**
   * The number of the row's partition.
   *
   * @throws FlussException where a partition value is null or cannot be one
   */
  int partition(RowData row) {
    BucketKeyBytes bytes = columns.of(row);
    if (!bytes.isSameAs(lastBytes)) {
      lookUp(bytes, row);
    }
    return last;
  }

  /** How many partitions have come. */
  int count() {
    return names.size();
  }

  PartitionName name(int number) {
    return names.get(number);
  }

  private void lookUp(BucketKeyBytes bytes, RowData row) {
    int place = place(bytes, known.length - 1);
    if (known[place] == null) {
      place = add(bytes, row);
    }
    lastBytes = known[place];
    last = numberOf[place];
  }

  /** Where these bytes are, or else would be. */
  private int place(BucketKeyBytes bytes, int mask) {
    int place = bytes.hash() & mask;
    while (known[place] != null && !bytes.isSameAs(known[place])) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private int add(BucketKeyBytes bytes, RowData row) {
    int number = number(row);
    if (2 * (size + 1) > known.length) {
      grow();
    }
    int place = place(bytes, known.length - 1);
    known[place] = bytes.toArray();
    numberOf[place] = number;
    size++;
    return place;
  }

  /** By the name, since that is what a partition is known by. */
  private int number(RowData row) {
    GenericRowData ofRow = new GenericRowData(values.length);
    for (int i = 0; i < values.length; i++) {
      ofRow.setField(i, values[i].getFieldOrNull(row));
    }
    PartitionName name = keys.nameOf(ofRow);
    Integer number = numbers.get(name);
    if (number == null) {
      number = names.size();
      names.add(name);
      numbers.put(name, number);
    }
    return number;
  }

  private void grow() {
    byte[][] oldKnown = known;
    int[] oldNumberOf = numberOf;
    known = new byte[2 * oldKnown.length][];
    numberOf = new int[known.length];
    int mask = known.length - 1;
    for (int i = 0; i < oldKnown.length; i++) {
      if (oldKnown[i] != null) {
        int place = Murmur3.hash(oldKnown[i], oldKnown[i].length) & mask;
        while (known[place] != null) {
          place = (place + 1) & mask;
        }
        known[place] = oldKnown[i];
        numberOf[place] = oldNumberOf[i];
      }
    }
  }
}
