package io.fluss.read;

import java.io.Serializable;

/**
 * How a bounded read folds each bucket of a primary-key table into its rows.
 *
 * @param memoryBytes memory of one reader; what does not fit goes to disk
 * @param origins whether it is asked where the last record of each row is, which takes memory
 */
public record BucketFolding(long memoryBytes, boolean origins) implements Serializable {}
