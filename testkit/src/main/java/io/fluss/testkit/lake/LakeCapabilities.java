package io.fluss.testkit.lake;

import io.fluss.table.TableInfo;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * What a format says it can do. {@link LakeFormatContract} holds it to that in both directions: a
 * type that it says it cannot store has to be a problem that names it.
 *
 * @param stores whether a column may be of this type
 * @param partitionsBy whether a partition key may be of this type
 * @param identifiesBy whether a column of a primary key may be of this type
 * @param tellsBucket whether the splits of a table tell their bucket
 * @param options under the format's prefix, without it, that a table may have and that show among
 *     the properties of the lake table
 * @param refusedOptions under the format's prefix, without it, each of which is a problem
 */
public record LakeCapabilities(
    Predicate<LogicalType> stores,
    Predicate<LogicalType> partitionsBy,
    Predicate<LogicalType> identifiesBy,
    Predicate<TableInfo> tellsBucket,
    Map<String, String> options,
    Map<String, String> refusedOptions) {

  /** Everything, and tables without options. */
  public static LakeCapabilities all() {
    return new LakeCapabilities(t -> true, t -> true, t -> true, t -> true, Map.of(), Map.of());
  }
}
