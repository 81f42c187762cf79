package io.fluss.dist.lake;

import java.util.List;
import java.util.Random;

/** A table, and what has to be in it after the statements so far. */
interface ModelTable {

  String name();

  /** Columns and keys of CREATE TABLE, without options. */
  String definition();

  /** Statements that fill the table for the first time, so that all its column sets are known. */
  List<String> firstStatements();

  /** The next random statement; the rows are as if it had been executed. */
  String nextStatement(Random random);

  /** The rows as Flink shows them, in any order. */
  List<String> rows();

  /** What to select: the columns of {@link #rows}. */
  String columns();
}
