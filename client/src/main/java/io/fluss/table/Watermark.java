package io.fluss.table;

import java.io.Serializable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A watermark declaration.
 *
 * @param rowtimeColumn column (or path of a nested one) that holds the event time
 * @param expression SQL expression of the watermark
 * @param type serializable string of the expression's type
 */
@PublicEvolving
public record Watermark(String rowtimeColumn, String expression, String type)
    implements Serializable {}
