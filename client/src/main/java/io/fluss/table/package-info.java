/**
 * What a table is: its path, columns, schema versions and the record that describes it.
 *
 * <p>Values only: nothing here talks to Kafka. Start with {@link io.fluss.table.TableInfo}. May use
 * {@code options}.
 */
@ParametersAreNonnullByDefault
package io.fluss.table;

import javax.annotation.ParametersAreNonnullByDefault;
