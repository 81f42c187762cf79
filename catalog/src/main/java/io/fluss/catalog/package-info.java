/**
 * The Flink catalog: SQL statements become calls of {@link io.fluss.admin.TableAdmin}, records
 * become Flink tables.
 *
 * <p>Start with {@link io.fluss.catalog.FlussCatalog}. Knows the connectors by their factory
 * identifier only.
 */
@ParametersAreNonnullByDefault
package io.fluss.catalog;

import javax.annotation.ParametersAreNonnullByDefault;
