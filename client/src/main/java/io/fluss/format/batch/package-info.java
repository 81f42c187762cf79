/**
 * The one Kafka record header of a batch: what a reader must know before it opens the body.
 *
 * <p>Imports {@code io.fluss.format}, {@code format.bytes} and {@code io.fluss.predicate}. First
 * class to read: {@link io.fluss.format.batch.BatchHeader}.
 */
@ParametersAreNonnullByDefault
package io.fluss.format.batch;

import javax.annotation.ParametersAreNonnullByDefault;
