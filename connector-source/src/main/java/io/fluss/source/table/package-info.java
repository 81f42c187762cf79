/**
 * SQL's way in: options ({@link io.fluss.source.table.SourceOptions}), what the planner may push
 * into a scan ({@link io.fluss.source.table.LogDynamicTableSource}) and the factory that Flink
 * finds.
 */
@ParametersAreNonnullByDefault
package io.fluss.source.table;

import javax.annotation.ParametersAreNonnullByDefault;
