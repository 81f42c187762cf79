package io.fluss.lineage;

import org.apache.flink.annotation.PublicEvolving;

/** Implemented by the facets that connectors add to a data set of Flink's lineage. */
@PublicEvolving
public interface TableFacet {

  /** {@return the table that is read or written} */
  TableDataset table();
}
