/**
 * Asking and changing what a cluster has: databases, tables, partitions, offsets, lakes, rights,
 * brokers. Start with {@link io.fluss.client.admin.Admin}.
 *
 * <p>A thin face over {@link io.fluss.admin.TableAdmin}, whose calls block: here they run on
 * threads of the connection.
 */
@ParametersAreNonnullByDefault
package io.fluss.client.admin;

import javax.annotation.ParametersAreNonnullByDefault;
