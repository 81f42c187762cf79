/**
 * Rows as JSON objects, and back: {@link io.fluss.json.RowToJson} writes, {@link
 * io.fluss.json.JsonToRow} reads. Field names are those of the columns. Forms of values:
 *
 * <pre>
 *   BOOLEAN true, false      whole numbers, DECIMAL 12, 12.50     FLOAT, DOUBLE 1.5, "NaN", "Infinity", "-Infinity"
 *   CHAR, STRING "text"      BYTES "base64"
 *   DATE "2025-06-17"        TIME "23:59:59.999"
 *   TIMESTAMP "2025-06-17T23:59:59.123"                TIMESTAMP_LTZ "2025-06-17T23:59:59.123Z"
 *   ARRAY [...]              MAP {...}, keys of type STRING       ROW {...}
 * </pre>
 */
@ParametersAreNonnullByDefault
package io.fluss.json;

import javax.annotation.ParametersAreNonnullByDefault;
