package io.fluss.table;

import org.apache.flink.annotation.PublicEvolving;

/**
 * How far the topics of a table have followed its record.
 *
 * <pre>
 *   CREATING --topics made, their ids recorded--> READY --DROP TABLE--> DROPPING --topics deleted--> (no record)
 * </pre>
 *
 * Whoever meets {@code CREATING} or {@code DROPPING} may finish the step: both are idempotent.
 */
@PublicEvolving
public enum TableState {
  CREATING,
  READY,
  DROPPING
}
