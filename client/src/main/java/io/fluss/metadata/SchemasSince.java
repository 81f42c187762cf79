package io.fluss.metadata;

import io.fluss.kafka.ClientConfig;
import io.fluss.table.SchemaHistory;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * The schema versions of a table for a job that goes on while its columns change: those that were
 * known when the job was planned and, when a record names a newer one, those that are recorded by
 * then. The record of a schema version is written before any row of it, so it is found.
 *
 * <p>Says nothing to the cluster before that, and keeps no connection. Thread-safe.
 */
public final class SchemasSince implements SchemaHistory {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final ClientConfig client;
  private volatile TableInfo table;

  /**
   * @param table as it was read at some time
   */
  public SchemasSince(TableInfo table, ClientConfig client) {
    this.table = table;
    this.client = client;
  }

  /**
   * @throws MetadataUnavailableException where the table's record could not be read in time
   * @throws io.fluss.FlussException where the user may not read it
   */
  @Override
  public Optional<SchemaVersion> find(int version) {
    TableInfo known = table;
    return version > known.schemaVersion() ? findNewer(version) : known.schema(version);
  }

  private synchronized Optional<SchemaVersion> findNewer(int version) {
    if (version > table.schemaVersion()) {
      table = read().orElse(table);
    }
    return table.schema(version);
  }

  /** The record of the table, under whichever name. */
  private Optional<TableInfo> read() {
    Map<String, Object> settings = client.toKafka();
    settings.put("enable.metrics.push", false);
    Admin admin = client.open(() -> Admin.create(settings));
    try (MetadataStore store = new MetadataStore(client, admin)) {
      return store.read(table.path().database()).stream()
          .flatMap(image -> image.tables().values().stream())
          .filter(TableEntry.Readable.class::isInstance)
          .map(entry -> ((TableEntry.Readable) entry).table())
          .filter(found -> found.id().equals(table.id()))
          .findFirst();
    } finally {
      admin.close(CLOSE_TIMEOUT);
    }
  }
}
