package io.fluss.union;

/**
 * A place between two rows of the splits of a {@link LakeRest}.
 *
 * @param splitsRead splits that have been read to their ends
 * @param rowsRead rows of the split behind these that have been read, wanted or not
 */
public record LakePosition(int splitsRead, long rowsRead) {}
