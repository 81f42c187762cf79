package io.fluss.merge;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.bytes.LittleEndian;
import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.table.ColumnSet;

/**
 * Walks over the layers of a state of kind {@link ValueKind#LAYERS}, from the oldest to the newest.
 * Used again for any number of states; one thread.
 *
 * <pre>{@code
 * cursor.over(state);
 * while (cursor.next()) {
 *   read(state, cursor.start(), cursor.end());
 * }
 * }</pre>
 */
final class LayerCursor {

  private byte[] state = {};
  private int layer;
  private int start;
  private int end;

  /**
   * Begins anew.
   *
   * @throws CorruptBatchException where the state is of another kind
   */
  void over(byte[] newState) {
    ValueKind kind = ValueHeader.kind(newState);
    if (kind != ValueKind.LAYERS) {
      throw new CorruptBatchException("Cannot read state: a value of kind " + kind + " is none");
    }
    state = newState;
    end = ValueHeader.BYTES;
  }

  /**
   * Moves to the next layer.
   *
   * @return false where there is none left
   * @throws CorruptBatchException where the state is cut short or damaged
   */
  boolean next() {
    if (end == state.length) {
      return false;
    }
    layer = end;
    if (state[layer] < 0) {
      throw new CorruptBatchException(
          "Cannot read state: a layer of it is of column set "
              + (state[layer] & 0xff)
              + ", and there are "
              + ColumnSet.FULL_ROW
              + " to "
              + ColumnSet.MAX_ID);
    }
    start = layer + Layers.PREFIX_BYTES;
    long valueEnd = start;
    if (start <= state.length) {
      valueEnd += LittleEndian.getInt(state, layer + Layers.LENGTH) & 0xffffffffL;
    }
    if (valueEnd > state.length) {
      throw new CorruptBatchException(
          "Cannot read state: it has "
              + state.length
              + " bytes, and a layer of it ends at "
              + valueEnd);
    }
    end = (int) valueEnd;
    return true;
  }

  /** The column set whose record this is the value of. */
  int columnSet() {
    return state[layer];
  }

  /** Where the layer begins. */
  int layer() {
    return layer;
  }

  /** Where the layer's value begins. */
  int start() {
    return start;
  }

  /** Where the layer and its value end. */
  int end() {
    return end;
  }

  ValueKind kind() {
    return ValueHeader.kind(state, start, end);
  }
}
