/**
 * The way of a row into a primary-key table, for any caller: a Flink sink or a plain Java program.
 *
 * <pre>
 *   row -> RowTopics (topic) -> ChangeEncoder (bucket, key, value: one Kafka record) -> RecordSender -> topic
 *   delete -> RowDeletes (tombstones of the column sets that TableView knows) -> RecordSender -> topic
 * </pre>
 *
 * <p>First class to read: {@link io.fluss.upsert.UpsertWriter}. One thread writes; the table's
 * record is read by another. Imports the codecs in {@code format}, {@code admin}, {@code write},
 * {@code table} and {@code kafka}; no Flink runtime types.
 */
@ParametersAreNonnullByDefault
package io.fluss.upsert;

import javax.annotation.ParametersAreNonnullByDefault;
