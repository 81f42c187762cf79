/**
 * What {@code CALL sys.x(...)} calls: the interface of procedures and what they are given. They are
 * found by {@link java.util.ServiceLoader}; first class to read: {@link
 * io.fluss.catalog.procedures.CatalogProcedure}.
 */
@ParametersAreNonnullByDefault
package io.fluss.catalog.procedures;

import javax.annotation.ParametersAreNonnullByDefault;
