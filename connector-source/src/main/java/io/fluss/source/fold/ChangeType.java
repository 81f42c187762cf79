package io.fluss.source.fold;

import java.util.Locale;
import org.apache.flink.table.data.StringData;

/** Values of the column {@code _change_type}. */
enum ChangeType {
  INSERT,
  UPDATE_BEFORE,
  UPDATE_AFTER,
  DELETE;

  private final StringData shown = StringData.fromString(name().toLowerCase(Locale.ROOT));

  StringData shown() {
    return shown;
  }
}
