/**
 * What exists: one compacted topic per database, changed by compare-and-set.
 *
 * <p>{@link io.fluss.metadata.TableInfoJson} is the format of a table's record.
 */
@ParametersAreNonnullByDefault
package io.fluss.metadata;

import javax.annotation.ParametersAreNonnullByDefault;
