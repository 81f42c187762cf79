/**
 * Objects of the user's classes as rows, and back. Start with {@link
 * io.fluss.client.pojo.RowConverter}.
 */
@ParametersAreNonnullByDefault
package io.fluss.client.pojo;

import javax.annotation.ParametersAreNonnullByDefault;
