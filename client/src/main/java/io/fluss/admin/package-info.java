/**
 * Creates, finds and drops databases and tables.
 *
 * <p>Start with {@link io.fluss.admin.TableAdmin}; {@link io.fluss.admin.TableRules} says what a
 * table may be. May use every other package that is about metadata and topics, and the checks of
 * writers' options.
 */
@ParametersAreNonnullByDefault
package io.fluss.admin;

import javax.annotation.ParametersAreNonnullByDefault;
