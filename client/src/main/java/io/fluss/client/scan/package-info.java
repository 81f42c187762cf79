/**
 * Reading rows: {@link io.fluss.client.scan.Scan} says what of a table is wanted and makes
 * scanners, of the log as it grows or of the rows that the table has.
 *
 * <p>A thin face over {@code io.fluss.read}, {@code io.fluss.merge} and {@code io.fluss.union}.
 */
@ParametersAreNonnullByDefault
package io.fluss.client.scan;

import javax.annotation.ParametersAreNonnullByDefault;
