/**
 * The fold of primary-key tables: what a key's row is after a sequence of records.
 *
 * <p>First class to read: {@link io.fluss.merge.MergeFunction}. {@link io.fluss.merge.BucketFold}
 * folds a whole bucket within a bound of memory, {@link io.fluss.merge.TombstoneHorizon} says when
 * a reader has stayed away for too long to go on. May import {@code table}, {@code options} and
 * {@code format}; no Kafka and no Flink runtime types.
 *
 * <h2>Why the fold of a compacted log is the fold of the whole log</h2>
 *
 * <p>Only tables that keep the last row are compacted; the others keep every record, because the
 * one that counts is not the last.
 *
 * <p>What compaction may do, per Kafka key, that is per primary key <em>and</em> column set:
 *
 * <ol>
 *   <li>drop a record where a later one of the same Kafka key exists,
 *   <li>drop a tombstone once nothing older of its Kafka key is left.
 * </ol>
 *
 * <p>What the log of one primary key looks like: full rows (column set 0), updates and partial
 * deletes of a registered column set, which both have a value, and <em>deletes</em>: a tombstone of
 * column set 0, then one of each registered column set. Assume that
 *
 * <ul>
 *   <li>(A) the records of a delete follow one another, with none of their primary key between
 *       them;
 *   <li>(B) a delete has a tombstone for each column set that has a record before it: writers agree
 *       on the column sets before they use them.
 * </ul>
 *
 * <p>Say that a record <em>covers</em> the columns of its column set, column set 0 all of them.
 *
 * <p><b>The state is a function of little.</b> After any sequence of records, each column has the
 * value that the last record covering it gives, null where that is a tombstone, a partial delete,
 * or missing; and there is a row if and only if the last record of all is a full row or an update,
 * or some column is not null. By induction: a row ends only by a tombstone of column set 0, which
 * covers all columns, or where all columns are null already, so no value is forgotten that counts.
 *
 * <p><b>Compaction keeps the values.</b> Let R be the last record that covers column c in the whole
 * log. No later record covers c, so none has R's Kafka key, so rule 1 does not drop R.
 *
 * <ul>
 *   <li>If R has a value, rule 2 does not drop it either: it is still the last that covers c.
 *   <li>If R is a tombstone, it belongs to a delete, behind which nothing covers c. Take a record Q
 *       that is left and covers c, of column set s. It is before that delete, or in it. If before,
 *       then by (B) the delete has a tombstone of s, which rule 1 does not drop, as nothing of s
 *       comes later, and rule 2 does not, as Q is left. So behind every Q with a value is a
 *       tombstone that covers c: the last that covers c is a tombstone, or there is none. Either
 *       way c is null.
 * </ul>
 *
 * <p><b>Compaction keeps the row.</b> Let L be the last record of all.
 *
 * <ul>
 *   <li>If L has a value, it is left and is still the last, and the columns are the same, so the
 *       answer is the same.
 *   <li>If L is a tombstone, a whole delete ends the log, so by (A) all columns are null and there
 *       is no row. In what is left all columns are null too, as shown, and by the same argument the
 *       last record is a tombstone or there is none: no row.
 * </ul>
 *
 * <p>A partial delete has a value for this reason: as a tombstone it would be dropped, and an older
 * full row, which has another Kafka key, would shine through.
 *
 * <p><b>What does not follow.</b> Where (A) is broken, because another writer's record of the same
 * key came to lie between the records of a delete, the rest of the tombstones also clear columns of
 * that newer record, but only until they are dropped. Who writes a key from several places while
 * deleting it has no order between the two, and here no lasting result either. So a writer sends
 * the records of a delete at once, one behind the other, for Kafka to append them in one batch.
 */
@ParametersAreNonnullByDefault
package io.fluss.merge;

import javax.annotation.ParametersAreNonnullByDefault;
