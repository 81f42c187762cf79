/**
 * From the brokers to the task. Along the way of a row: {@link
 * io.fluss.source.reader.LogSplitReader} fetches and decodes (fetcher thread), {@link
 * io.fluss.source.reader.FetchedBatches} crosses to the task thread, {@link
 * io.fluss.source.reader.RowEmitter} emits.
 */
@ParametersAreNonnullByDefault
package io.fluss.source.reader;

import javax.annotation.ParametersAreNonnullByDefault;
