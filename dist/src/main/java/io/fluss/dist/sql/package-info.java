/**
 * SQL scripts and the interactive prompt on Flink's own SQL client, with a real exit code.
 *
 * <p>May import Flink only. Read {@link io.fluss.dist.sql.SqlSession}, then {@link
 * io.fluss.dist.sql.ScriptRunner}.
 */
@ParametersAreNonnullByDefault
package io.fluss.dist.sql;

import javax.annotation.ParametersAreNonnullByDefault;
