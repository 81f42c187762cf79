/**
 * The FLIP-27 source of rows: {@link io.fluss.source.scan.LogSource} wires the enumerator and the
 * readers. SQL and the DataStream API both read through it.
 */
@ParametersAreNonnullByDefault
package io.fluss.source.scan;

import javax.annotation.ParametersAreNonnullByDefault;
