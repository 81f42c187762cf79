/**
 * What has become of the keys of a range: folds that keep deletes, and which keys a range has
 * touched. No Kafka and no Flink runtime types. Start with {@link
 * io.fluss.tiering.fold.NetChanges}.
 */
@ParametersAreNonnullByDefault
package io.fluss.tiering.fold;

import javax.annotation.ParametersAreNonnullByDefault;
