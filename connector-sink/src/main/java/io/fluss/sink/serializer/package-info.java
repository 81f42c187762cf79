/**
 * What the DataStream API writes of the values of a stream: {@link
 * io.fluss.sink.serializer.FlussSerializationSchema} and those that are built in. Knows nothing of
 * how rows are written.
 */
@ParametersAreNonnullByDefault
package io.fluss.sink.serializer;

import javax.annotation.ParametersAreNonnullByDefault;
