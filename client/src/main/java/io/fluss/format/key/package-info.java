/**
 * Keys of the records of primary-key tables: bytes in the order of the values, so that a prefix of
 * the columns is a prefix of the bytes. Specified in {@code docs/format/primary-key-record.md}.
 *
 * <p>Imports {@code io.fluss.format} and its {@code bytes}, and Flink's row and type model. Writing
 * starts at {@link io.fluss.format.key.KeyEncoder}, reading at {@link
 * io.fluss.format.key.KeyReader}.
 */
@ParametersAreNonnullByDefault
package io.fluss.format.key;

import javax.annotation.ParametersAreNonnullByDefault;
