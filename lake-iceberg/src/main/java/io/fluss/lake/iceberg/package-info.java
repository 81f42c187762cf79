/**
 * Lake tables in Iceberg.
 *
 * <p>First class to read: {@link io.fluss.lake.iceberg.IcebergStorage}, which only puts the parts
 * together:
 *
 * <pre>
 *   IcebergCatalogs -> IcebergTables: which lake table is whose, what it looks like (TableLayout)
 *   IcebergAppender, IcebergUpserter -> WrittenFiles -> IcebergCommitter (OffsetsFence)
 *   SplitPlanner -> SplitDescription -> IcebergReader (DataFileReader)
 * </pre>
 *
 * <p>What is stored is specified in {@code docs/format/lake.md}; why upserts are deletion vectors
 * is in {@code docs/decisions/0010-iceberg-upserts.md}. Of this project it imports the client only.
 */
@ParametersAreNonnullByDefault
package io.fluss.lake.iceberg;

import javax.annotation.ParametersAreNonnullByDefault;
