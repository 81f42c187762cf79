/**
 * How a writer comes to its topics: which there are, those that it creates, what they take, and
 * whether they are still the table's.
 *
 * <p>First class to read: {@link io.fluss.write.topics.WriterTopics}, which every writer opens. May
 * use {@code admin} and {@code read}; the way of rows is in {@code write}, which asks for
 * partitions by an interface.
 */
@ParametersAreNonnullByDefault
package io.fluss.write.topics;

import javax.annotation.ParametersAreNonnullByDefault;
