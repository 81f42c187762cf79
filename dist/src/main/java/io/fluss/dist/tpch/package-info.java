/**
 * Data to try things with: {@code 'connector' = 'tpch'} makes the tables of the TPC-H benchmark, of
 * any size, always the same. First class to read: {@link io.fluss.dist.tpch.TpchTableFactory}.
 */
@ParametersAreNonnullByDefault
package io.fluss.dist.tpch;

import javax.annotation.ParametersAreNonnullByDefault;
