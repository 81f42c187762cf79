package io.fluss.format.schema;

import io.fluss.format.row.RowOfParts;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/** A row of another schema, read in place. One thread. */
final class MappedRow extends RowOfParts {

  private final ColumnMapping mapping;
  private final RowData row;

  MappedRow(ColumnMapping mapping, RowData row) {
    this.mapping = mapping;
    this.row = row;
  }

  @Override
  public int getArity() {
    return mapping.arity();
  }

  @Override
  public RowKind getRowKind() {
    return row.getRowKind();
  }

  @Override
  public void setRowKind(RowKind kind) {
    row.setRowKind(kind);
  }

  @Override
  public boolean isNullAt(int column) {
    int position = mapping.position(column);
    return position == ColumnMapping.MISSING || row.isNullAt(position);
  }

  @Override
  protected RowData part(int column) {
    return row;
  }

  @Override
  protected int positionInPart(int column) {
    return mapping.position(column);
  }

  @Override
  public byte getByte(int column) {
    Conversion conversion = mapping.conversion(column);
    return conversion == null
        ? super.getByte(column)
        : conversion.getByte(row, mapping.position(column));
  }

  @Override
  public short getShort(int column) {
    Conversion conversion = mapping.conversion(column);
    return conversion == null
        ? super.getShort(column)
        : conversion.getShort(row, mapping.position(column));
  }

  @Override
  public int getInt(int column) {
    Conversion conversion = mapping.conversion(column);
    return conversion == null
        ? super.getInt(column)
        : conversion.getInt(row, mapping.position(column));
  }

  @Override
  public long getLong(int column) {
    Conversion conversion = mapping.conversion(column);
    return conversion == null
        ? super.getLong(column)
        : conversion.getLong(row, mapping.position(column));
  }

  @Override
  public float getFloat(int column) {
    Conversion conversion = mapping.conversion(column);
    return conversion == null
        ? super.getFloat(column)
        : conversion.getFloat(row, mapping.position(column));
  }

  @Override
  public double getDouble(int column) {
    Conversion conversion = mapping.conversion(column);
    return conversion == null
        ? super.getDouble(column)
        : conversion.getDouble(row, mapping.position(column));
  }

  @Override
  public DecimalData getDecimal(int column, int precision, int scale) {
    Conversion conversion = mapping.conversion(column);
    return conversion == null
        ? super.getDecimal(column, precision, scale)
        : conversion.getDecimal(row, mapping.position(column));
  }
}
