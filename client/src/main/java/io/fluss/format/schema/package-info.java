/**
 * Rows of one schema version of a table as rows of another: columns are matched by field id, and
 * values of a type that was widened are converted. First class to read: {@link
 * io.fluss.format.schema.ColumnMapping}.
 */
@ParametersAreNonnullByDefault
package io.fluss.format.schema;

import javax.annotation.ParametersAreNonnullByDefault;
