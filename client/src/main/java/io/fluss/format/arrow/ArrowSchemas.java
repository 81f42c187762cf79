package io.fluss.format.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Schema;
import org.apache.flink.table.types.logical.RowType;

/** Row types as Arrow schemas. */
public final class ArrowSchemas {
  private ArrowSchemas() {}

  /**
   * The encapsulated Arrow IPC schema message of a row type. Followed by batches of that type it
   * makes a stream that any Arrow implementation reads.
   *
   * @throws IllegalArgumentException naming the first column whose type cannot be stored
   */
  public static byte[] schemaMessage(RowType rowType) {
    List<String> problems = problems(rowType);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.get(0));
    }
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int[] fieldOffsets = new LogicalTypeToArrow(builder).fields("", rowType);
    int fields = Schema.createFieldsVector(builder, fieldOffsets);
    int schema = Schema.createSchema(builder, Endianness.Little, fields, 0, 0);
    int message =
        Message.createMessage(builder, MetadataVersion.V5, MessageHeader.Schema, schema, 0, 0);
    Message.finishMessageBuffer(builder, message);
    return EncapsulatedMessage.of(builder, new byte[0], 0);
  }

  /** A message for each column, at any depth, whose type cannot be stored; empty if all can. */
  public static List<String> problems(RowType rowType) {
    List<String> problems = new ArrayList<>();
    LogicalTypeToArrow.findProblems("", rowType, problems);
    return problems;
  }
}
