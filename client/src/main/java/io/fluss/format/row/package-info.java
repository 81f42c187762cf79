/**
 * Values of the records of primary-key tables: one row in one array, read in place. Specified in
 * {@code docs/format/primary-key-record.md}.
 *
 * <p>Imports {@code io.fluss.format} and its {@code bytes}, and Flink's row and type model. Writing
 * starts at {@link io.fluss.format.row.RowEncoder}, reading at {@link
 * io.fluss.format.row.RowReader}; {@code RowLayout} says where a column lies.
 */
@ParametersAreNonnullByDefault
package io.fluss.format.row;

import javax.annotation.ParametersAreNonnullByDefault;
