/**
 * Tables as topics: how topics are named, made, found and deleted.
 *
 * <p>Start with {@link io.fluss.topic.TableTopics}. May use {@code table}, {@code options} and
 * {@code kafka}; knows nothing of metadata records.
 */
@ParametersAreNonnullByDefault
package io.fluss.topic;

import javax.annotation.ParametersAreNonnullByDefault;
