package io.fluss.catalog.procedures;

import io.fluss.admin.TableAdmin;
import io.fluss.lake.LakeSettings;
import java.util.function.Supplier;

/**
 * What a procedure may use of the catalog that it is called in.
 *
 * @param catalog its name
 * @param defaultDatabase of tables that are named without one
 * @param admin of its cluster, while the catalog is open; not to be closed
 * @param lakes how to reach lakes; may hold secrets
 */
public record ProcedureTarget(
    String catalog,
    String defaultDatabase,
    Supplier<TableAdmin> admin,
    LakeSettings lakes,
    ClassLoader classLoader) {}
