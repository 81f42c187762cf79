package io.fluss.lake;

import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Map;

/**
 * A lake format. Its jar names the implementation in {@code META-INF/services}; {@link LakeFormats}
 * finds it. Stateless and thread-safe, with a public constructor without arguments.
 *
 * <p>What every format has to keep is held by {@code LakeFormatContract} in the test kit.
 */
public interface LakeFormat {

  /** The value of {@code table.datalake.format}, which is also the prefix of its options. */
  String identifier();

  /**
   * Why this format cannot keep this table: columns of types that it does not have, options under
   * its own prefix ({@code paimon.*}) that are unknown, kept for us, or cannot be read. Talks to
   * nobody.
   *
   * @return sentences for the user that name column and type, or option and value; empty where all
   *     is well
   */
  List<String> problems(TableInfo table);

  /**
   * Opens a lake of this format. Whoever opens it closes it.
   *
   * @param options of its catalog, without the prefix {@code datalake.<format>.}; may hold secrets,
   *     which must not get into messages
   * @throws io.fluss.FlussException where they do not do, naming the option, or where the lake does
   *     not answer
   */
  LakeStorage open(Map<String, String> options);
}
