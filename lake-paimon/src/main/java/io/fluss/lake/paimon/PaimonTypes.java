package io.fluss.lake.paimon;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;

/** Flink's types as Paimon's, which has one for each that tables can have. */
final class PaimonTypes {

  private PaimonTypes() {}

  static DataType of(LogicalType type) {
    return withoutNullability(type).copy(type.isNullable());
  }

  private static DataType withoutNullability(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> DataTypes.BOOLEAN();
      case TINYINT -> DataTypes.TINYINT();
      case SMALLINT -> DataTypes.SMALLINT();
      case INTEGER -> DataTypes.INT();
      case BIGINT -> DataTypes.BIGINT();
      case FLOAT -> DataTypes.FLOAT();
      case DOUBLE -> DataTypes.DOUBLE();
      case DECIMAL ->
          DataTypes.DECIMAL(LogicalTypeChecks.getPrecision(type), LogicalTypeChecks.getScale(type));
      case CHAR -> DataTypes.CHAR(LogicalTypeChecks.getLength(type));
      case VARCHAR -> DataTypes.VARCHAR(LogicalTypeChecks.getLength(type));
      case BINARY -> DataTypes.BINARY(LogicalTypeChecks.getLength(type));
      case VARBINARY -> DataTypes.VARBINARY(LogicalTypeChecks.getLength(type));
      case DATE -> DataTypes.DATE();
      case TIME_WITHOUT_TIME_ZONE -> DataTypes.TIME(LogicalTypeChecks.getPrecision(type));
      case TIMESTAMP_WITHOUT_TIME_ZONE -> DataTypes.TIMESTAMP(LogicalTypeChecks.getPrecision(type));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(LogicalTypeChecks.getPrecision(type));
      case ARRAY -> DataTypes.ARRAY(of(((ArrayType) type).getElementType()));
      case MAP ->
          DataTypes.MAP(of(((MapType) type).getKeyType()), of(((MapType) type).getValueType()));
      case ROW -> rowType((RowType) type);
      default ->
          throw new IllegalArgumentException(
              "Paimon has no type for " + type.asSummaryString() + ".");
    };
  }

  static org.apache.paimon.types.RowType rowType(RowType type) {
    List<DataField> fields = new ArrayList<>();
    for (RowType.RowField field : type.getFields()) {
      fields.add(new DataField(fields.size(), field.getName(), of(field.getType())));
    }
    return new org.apache.paimon.types.RowType(fields);
  }
}
