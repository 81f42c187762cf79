/**
 * Rows as objects of the user's own classes, and back: {@link io.fluss.typed.RowToObject} reads,
 * {@link io.fluss.typed.ObjectToRow} writes. Knows rows and types of Flink only.
 *
 * <p>A class is a record, or has a constructor without arguments; a column goes with the field of
 * its name, or of its name as Java writes it ({@code order_id}, {@code orderId}). Java types of
 * column types:
 *
 * <pre>
 *   BOOLEAN boolean            TINYINT byte        SMALLINT short         INT int
 *   BIGINT long                FLOAT float         DOUBLE double          DECIMAL BigDecimal
 *   CHAR, STRING String, enum  BYTES byte[]        DATE LocalDate         TIME LocalTime
 *   TIMESTAMP LocalDateTime    TIMESTAMP_LTZ Instant                      ROW a class as here
 *   ARRAY List, E[], int[]...  MAP Map
 * </pre>
 */
@ParametersAreNonnullByDefault
package io.fluss.typed;

import javax.annotation.ParametersAreNonnullByDefault;
