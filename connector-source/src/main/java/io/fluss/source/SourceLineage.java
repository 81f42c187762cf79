package io.fluss.source;

import io.fluss.lineage.TableDataset;
import io.fluss.lineage.TableFacet;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.lineage.DefaultLineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;

/** What Flink tells its listeners of a source. */
final class SourceLineage {

  private SourceLineage() {}

  static SourceLineageVertex of(
      TableDataset dataset, TypeInformation<?> type, Boundedness boundedness) {
    return new Vertex(
        List.of(
            new DefaultLineageDataset(
                dataset.name(),
                dataset.namespace(),
                Map.of(
                    TableDataset.TABLE_FACET, new Table(dataset),
                    TableDataset.SCHEMA_FACET, new SchemaFacet(dataset.schema()),
                    TableDataset.TYPE_FACET, new TypeFacet(type)))),
        boundedness);
  }

  private record Vertex(List<LineageDataset> datasets, Boundedness boundedness)
      implements SourceLineageVertex {}

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

  /** Type of the values. */
  record TypeFacet(TypeInformation<?> typeInformation) implements LineageDatasetFacet {
    @Override
    public String name() {
      return TableDataset.TYPE_FACET;
    }
  }
}
