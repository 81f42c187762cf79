/**
 * What the DataStream API makes of the records of a table: {@link
 * io.fluss.source.deserializer.FlussDeserializationSchema} and those that are built in. Knows
 * nothing of how records are read.
 */
@ParametersAreNonnullByDefault
package io.fluss.source.deserializer;

import javax.annotation.ParametersAreNonnullByDefault;
