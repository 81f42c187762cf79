/**
 * Lake tables in Apache Paimon. How they are laid out is specified in {@code docs/format/lake.md}.
 *
 * <p>First class to read: {@link io.fluss.lake.paimon.PaimonStorage}. A round of tiering goes
 *
 * <pre>
 *   PaimonStorage -> PaimonAppender or PaimonUpserter -> WrittenFiles -> PaimonCommitter -> Fence
 * </pre>
 *
 * <p>and a read {@code PaimonStorage -> PaimonScan -> PaimonReader}. Rows are never converted: a
 * Flink row is seen as a Paimon row ({@code PaimonRow}), and the other way round ({@code
 * FlinkRow}). May import the client and Paimon only.
 */
@ParametersAreNonnullByDefault
package io.fluss.lake.paimon;

import javax.annotation.ParametersAreNonnullByDefault;
