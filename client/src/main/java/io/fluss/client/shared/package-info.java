/**
 * What the parts of one connection share: threads, producers, the admin client, and the list of
 * what is still open.
 *
 * <p>First class to read: {@link io.fluss.client.shared.ClientContext}. Not for users.
 */
@ParametersAreNonnullByDefault
package io.fluss.client.shared;

import javax.annotation.ParametersAreNonnullByDefault;
