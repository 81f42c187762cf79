package io.fluss.options;

/** What a primary-key table does with deletes. */
public enum DeleteBehavior {
  /** The row is deleted. */
  ALLOW,
  /** The delete is dropped. */
  IGNORE,
  /** The write fails. */
  DISABLE
}
