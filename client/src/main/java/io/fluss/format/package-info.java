/**
 * What the stored formats share: how a reader says that bytes are damaged or too new for it.
 *
 * <p>Imports nothing of ours. The formats themselves are in the packages below; start at {@code
 * batch.BatchHeader} and {@code arrow.ArrowBatchEncoder} for log tables, at {@code
 * keyed.KeyedSchema} for primary-key tables. Their bytes are specified in {@code
 * docs/format/log-batch.md} and {@code docs/format/primary-key-record.md}.
 */
@ParametersAreNonnullByDefault
package io.fluss.format;

import javax.annotation.ParametersAreNonnullByDefault;
