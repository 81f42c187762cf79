/**
 * From the brokers to the task. Along the way of a row: {@link
 * io.fluss.source.reader.LogSplitReader} fetches and decodes (fetcher thread), {@link
 * io.fluss.source.reader.FetchedBatches} crosses to the task thread, {@link
 * io.fluss.source.reader.RowEmitter} emits. Rows of a lake are read by the task thread itself, when
 * their {@link io.fluss.source.reader.LakeRecords} have their turn; {@link
 * io.fluss.source.reader.FoldingSplitReader} folds buckets, of the log alone or of both.
 */
@ParametersAreNonnullByDefault
package io.fluss.source.reader;

import javax.annotation.ParametersAreNonnullByDefault;
