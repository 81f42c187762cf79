package io.fluss.lake.state;

import io.fluss.table.TableInfo;

/**
 * A table that a job may tier, as it was when the job claimed it.
 *
 * @param state how far the table was tiered then
 */
public record TieringClaim(TableInfo table, TieringLease lease, LakeState state) {}
