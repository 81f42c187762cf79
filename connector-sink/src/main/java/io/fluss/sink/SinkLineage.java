package io.fluss.sink;

import io.fluss.lineage.TableDataset;
import io.fluss.lineage.TableFacet;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.lineage.DefaultLineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.LineageVertex;

/** What Flink tells its listeners of a sink. */
final class SinkLineage {

  private SinkLineage() {}

  static LineageVertex of(TableDataset dataset) {
    return new Vertex(
        List.of(
            new DefaultLineageDataset(
                dataset.name(),
                dataset.namespace(),
                Map.of(
                    TableDataset.TABLE_FACET, new Table(dataset),
                    TableDataset.SCHEMA_FACET, new SchemaFacet(dataset.schema())))));
  }

  private record Vertex(List<LineageDataset> datasets) implements LineageVertex {}

  /** The table: its topic and its keys. */
  record Table(TableDataset table) implements LineageDatasetFacet, TableFacet {
    @Override
    public String name() {
      return TableDataset.TABLE_FACET;
    }
  }

  /** SQL type by column. */
  record SchemaFacet(Map<String, String> fields) implements LineageDatasetFacet {
    @Override
    public String name() {
      return TableDataset.SCHEMA_FACET;
    }
  }
}
