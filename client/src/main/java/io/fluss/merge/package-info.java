/**
 * The fold of primary-key tables: what a key's row is after a sequence of records.
 *
 * <p>First class to read: {@link io.fluss.merge.MergeFunction}. {@link io.fluss.merge.BucketFold}
 * folds a whole bucket within a bound of memory, {@link io.fluss.merge.TombstoneHorizon} says when
 * a reader has stayed away for too long to go on. May import {@code table}, {@code options} and
 * {@code format}; no Kafka and no Flink runtime types.
 *
 * <h2>State and row</h2>
 *
 * <p>A record has a value or is a tombstone. Where it has a value, that <em>covers</em> the columns
 * of the record's column set, column set 0 all of them: a full row or an update sets them, a delete
 * or a partial delete, which are <em>markers</em>, makes them null.
 *
 * <p>The <b>state</b> of a key of a table that keeps the last row is, for each column set, the last
 * record, unless that is a tombstone, in the order of the log: layers, the newest on top. The
 * <b>row</b>: a column has what the topmost layer that covers it says, null where none does. There
 * is a row if and only if the topmost layer is no marker, or some column is not null. Markers at
 * the bottom are left out: they make null what is null without them, and so they do whatever comes
 * and goes above them.
 *
 * <h2>Why the fold of a compacted log is the fold of the whole log</h2>
 *
 * <p>Only tables that keep the last row are compacted; the others keep every record, because the
 * one that counts is not the last. What compaction may do, per Kafka key, that is per primary key
 * <em>and</em> column set:
 *
 * <ol>
 *   <li>drop a record where a later one of the same Kafka key exists,
 *   <li>drop a tombstone once nothing older of its Kafka key is left.
 * </ol>
 *
 * <p>Take the last record of a Kafka key. If it has a value, neither rule drops it, so it is still
 * the last, and its layer is there. If it is a tombstone, it is left, or nothing of its key is:
 * either way there is no layer. What is left keeps its order. So the state is the same.
 *
 * <p>Nothing was assumed of who wrote the log, in what order, and to what end; so it holds for any
 * number of writers, for those that died on the way, and for every beginning of every log.
 *
 * <p>A partial delete has a value for this reason: as a tombstone it would not cover its columns,
 * and an older full row, which has another Kafka key, would shine through.
 *
 * <h2>Why a delete is a marker and tombstones</h2>
 *
 * <p>A delete has to take all layers away, each with a tombstone of its own, and yet no reader may
 * see half of it. So where there are column sets it begins with a marker of column set 0, under
 * which everything is hidden; then come the tombstones, for which nothing is to be seen; the last
 * one is that of column set 0 and removes the marker. A writer that dies in between leaves the row
 * deleted, and a few bytes under a marker.
 *
 * <p>What another writer sends meanwhile lies before or after the delete, for each column set by
 * itself: before, if the tombstone of the column set follows. That is an order which the writers
 * could have had, since one that writes several column sets of a row is several writers.
 *
 * <p>A reader so slow that the marker has been compacted away, and the tombstones not, sees the row
 * lose its column sets one after the other before it goes. In the end it knows the same.
 */
@ParametersAreNonnullByDefault
package io.fluss.merge;

import javax.annotation.ParametersAreNonnullByDefault;
