package io.fluss.format.key;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.bytes.BigEndian;
import io.fluss.format.bytes.Decimals;
import io.fluss.format.bytes.Timestamps;
import java.util.Arrays;
import java.util.HexFormat;
import javax.annotation.Nullable;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.variant.Variant;

/**
 * The columns of one key, read from its bytes as asked; none is null. Equal to other views with
 * equal bytes and row kind. One thread.
 *
 * <p>What is asked for must be of the column's type. Damaged bytes are found when a column is read:
 * {@link CorruptBatchException}.
 */
public final class KeyView implements RowData {
  private final KeyReader reader;
  private final byte[] bytes;
  private final int offset;
  @Nullable private int[] starts;
  private RowKind kind = RowKind.INSERT;

  KeyView(KeyReader reader, byte[] bytes, int offset) {
    this.reader = reader;
    this.bytes = bytes;
    this.offset = offset;
  }

  @Override
  public int getArity() {
    return reader.arity();
  }

  @Override
  public RowKind getRowKind() {
    return kind;
  }

  @Override
  public void setRowKind(RowKind newKind) {
    kind = newKind;
  }

  @Override
  public boolean isNullAt(int position) {
    return false;
  }

  @Override
  public boolean getBoolean(int position) {
    return bytes[start(position)] != 0;
  }

  @Override
  public byte getByte(int position) {
    return (byte) (bytes[start(position)] ^ Byte.MIN_VALUE);
  }

  @Override
  public short getShort(int position) {
    return (short) (BigEndian.getShort(bytes, start(position)) ^ Short.MIN_VALUE);
  }

  @Override
  public int getInt(int position) {
    return BigEndian.getInt(bytes, start(position)) ^ Integer.MIN_VALUE;
  }

  @Override
  public long getLong(int position) {
    return longAt(start(position));
  }

  @Override
  public float getFloat(int position) {
    int bits = getInt(position);
    return Float.intBitsToFloat(bits ^ bits >> Integer.SIZE - 1 & Integer.MAX_VALUE);
  }

  @Override
  public double getDouble(int position) {
    long bits = getLong(position);
    return Double.longBitsToDouble(bits ^ bits >> Long.SIZE - 1 & Long.MAX_VALUE);
  }

  @Override
  public StringData getString(int position) {
    int start = start(position);
    int end = end(position);
    int zeros = Escapes.zeros(bytes, start, end);
    return zeros == 0
        ? BinaryStringData.fromBytes(bytes, start, end - start)
        : BinaryStringData.fromBytes(Escapes.unescaped(bytes, start, end, zeros));
  }

  @Override
  public byte[] getBinary(int position) {
    int start = start(position);
    int end = end(position);
    return Escapes.unescaped(bytes, start, end, Escapes.zeros(bytes, start, end));
  }

  @Override
  public DecimalData getDecimal(int position, int precision, int scale) {
    KeyType type = reader.type(position);
    int start = start(position);
    if (type.width() == Long.BYTES) {
      return DecimalData.fromUnscaledLong(longAt(start), type.precision(), type.scale());
    }
    long low = BigEndian.getLong(bytes, start + Long.BYTES);
    return Decimals.of(longAt(start), low, type.precision(), type.scale());
  }

  @Override
  public TimestampData getTimestamp(int position, int precision) {
    int start = start(position);
    if (reader.type(position).width() == Long.BYTES) {
      return TimestampData.fromEpochMillis(longAt(start));
    }
    int nanos = BigEndian.getInt(bytes, start + Long.BYTES);
    return Timestamps.of(longAt(start), nanos);
  }

  @Override
  public ArrayData getArray(int position) {
    throw notInKeys("ARRAY");
  }

  @Override
  public MapData getMap(int position) {
    throw notInKeys("MAP");
  }

  @Override
  public RowData getRow(int position, int fieldCount) {
    throw notInKeys("ROW");
  }

  @Override
  public <T> RawValueData<T> getRawValue(int position) {
    throw notInKeys("RAW");
  }

  @Override
  public Variant getVariant(int position) {
    throw notInKeys("VARIANT");
  }

  private static UnsupportedOperationException notInKeys(String type) {
    return new UnsupportedOperationException("Keys hold no " + type + " values");
  }

  private long longAt(int start) {
    return BigEndian.getLong(bytes, start) ^ Long.MIN_VALUE;
  }

  private int start(int column) {
    return reader.startKnown(column) ? offset + reader.start(column) : starts()[column];
  }

  /** Where the terminator of a column of variable width is. */
  private int end(int column) {
    return starts()[column + 1] - Escapes.TERMINATOR_BYTES;
  }

  private int[] starts() {
    if (starts == null) {
      starts = reader.starts(bytes, offset);
    }
    return starts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyView that
        && kind == that.kind
        && Arrays.equals(bytes, offset, bytes.length, that.bytes, that.offset, that.bytes.length);
  }

  @Override
  public int hashCode() {
    int hash = kind.toByteValue();
    for (int i = offset; i < bytes.length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return "key " + HexFormat.of().formatHex(bytes, offset, bytes.length);
  }
}
