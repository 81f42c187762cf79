package io.fluss.read;

/**
 * A batch of a log table as it is stored: an encapsulated Arrow IPC record batch message, its
 * buffers compressed as the table says.
 *
 * @param schemaVersion that the rows were written with, and whose columns the message has
 */
@SuppressWarnings("ArrayRecordComponent")
public record ArrowMessage(int schemaVersion, int rowCount, byte[] bytes) {}
