package io.fluss.format.batch;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.UnsupportedFormatException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The packed header of a batch: the one Kafka record header we write. Immutable.
 *
 * <p>Bytes: format version, body kind, schema version, row count, then fields as (tag, length,
 * value) up to the end. See {@code docs/format/log-batch.md}.
 *
 * @param schemaVersion version of the table's schema the rows were written with
 * @param rowCount number of rows in the body
 * @param bodyKind what the record's value is
 * @param fields optional fields in the order they are stored, each tag at most once
 */
public record BatchHeader(
    int schemaVersion, int rowCount, BodyKind bodyKind, List<HeaderField> fields) {
  /** Key of the Kafka record header. */
  public static final String KEY = "fluss";

  /** The version that {@link #toBytes()} writes. */
  public static final int FORMAT_VERSION = 1;

  private static final int OLDEST_READABLE_VERSION = 1;

  /**
   * @throws IllegalArgumentException on a negative number or a tag that is given twice
   */
  public BatchHeader {
    if (schemaVersion < 0 || rowCount < 0) {
      throw new IllegalArgumentException(
          "A batch header needs a schema version and a row count of 0 or more, not "
              + schemaVersion
              + " and "
              + rowCount);
    }
    fields = List.copyOf(fields);
    repeatedTag(fields)
        .ifPresent(
            tag -> {
              throw new IllegalArgumentException(
                  "A batch header has each tag at most once, not twice " + hex(tag));
            });
  }

  /** A header without optional fields. */
  public static BatchHeader of(int schemaVersion, int rowCount, BodyKind bodyKind) {
    return new BatchHeader(schemaVersion, rowCount, bodyKind, List.of());
  }

  /** The value of the field with this tag, not copied. */
  public Optional<byte[]> field(int tag) {
    return fields.stream().filter(f -> f.tag() == tag).map(HeaderField::value).findFirst();
  }

  public byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16);
    out.write(FORMAT_VERSION);
    out.write(bodyKind.id());
    writeVarint(out, schemaVersion);
    writeVarint(out, rowCount);
    for (HeaderField field : fields) {
      out.write(field.tag());
      writeVarint(out, field.value().length);
      out.writeBytes(field.value());
    }
    return out.toByteArray();
  }

  /**
   * Fields with unknown tags are kept as they are, unless they are required.
   *
   * @throws UnsupportedFormatException if a newer reader is needed
   * @throws CorruptBatchException if the bytes are damaged
   */
  public static BatchHeader parse(byte[] bytes) {
    HeaderReader in = new HeaderReader(bytes);
    int version = in.unsignedByte("format version");
    if (version < OLDEST_READABLE_VERSION || version > FORMAT_VERSION) {
      throw new UnsupportedFormatException(
          "Cannot read batch: its format version is "
              + version
              + ", supported here: "
              + OLDEST_READABLE_VERSION
              + " to "
              + FORMAT_VERSION
              + ". Read it with a newer version.");
    }
    BodyKind kind = BodyKind.of(in.unsignedByte("body kind"));
    int schemaVersion = in.varint("schema version");
    int rowCount = in.varint("row count");
    List<HeaderField> fields = new ArrayList<>();
    while (!in.atEnd()) {
      fields.add(parseField(in));
    }
    repeatedTag(fields)
        .ifPresent(
            tag -> {
              throw new CorruptBatchException(
                  "Cannot read batch header: field " + hex(tag) + " is there twice");
            });
    return new BatchHeader(schemaVersion, rowCount, kind, fields);
  }

  /** No required field has a meaning in version 1, so each of them is unknown. */
  private static HeaderField parseField(HeaderReader in) {
    int tag = in.unsignedByte("tag");
    int length = in.varint("length of field " + hex(tag));
    HeaderField field = new HeaderField(tag, in.bytes(length, "value of field " + hex(tag)));
    if (field.required()) {
      throw new UnsupportedFormatException(
          "Cannot read batch: its header has the required field "
              + hex(tag)
              + ", which is not known here. Read it with a newer version.");
    }
    return field;
  }

  private static Optional<Integer> repeatedTag(List<HeaderField> fields) {
    boolean[] seen = new boolean[256];
    for (HeaderField field : fields) {
      if (seen[field.tag()]) {
        return Optional.of(field.tag());
      }
      seen[field.tag()] = true;
    }
    return Optional.empty();
  }

  private static void writeVarint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  private static String hex(int tag) {
    return String.format("0x%02x", tag);
  }
}
