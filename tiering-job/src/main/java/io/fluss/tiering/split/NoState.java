package io.fluss.tiering.split;

import java.io.Serializable;

/** What the job keeps in checkpoints: where tiering stands is in the lake. */
public record NoState() implements Serializable {}
