package io.fluss.tiering.enumerator;

import io.fluss.FlussException;
import io.fluss.admin.TableAdmin;
import io.fluss.lake.LakeStorage;
import io.fluss.tiering.config.TieringConfig;
import java.time.Duration;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Kafka, metadata and the lake, for all who work for one enumerator. Thread-safe. */
final class Connections implements AutoCloseable {

  private final TieringConfig config;
  private final ClassLoader classLoader;
  private final TableAdmin tables;
  private final Admin kafka;
  @Nullable private LakeStorage lake;

  Connections(TieringConfig config, ClassLoader classLoader) {
    this.config = config;
    this.classLoader = classLoader;
    this.tables = TableAdmin.connect(config.client());
    Map<String, Object> settings = config.client().toKafka();
    settings.remove(AdminClientConfig.CLIENT_ID_CONFIG);
    this.kafka = config.client().open(() -> Admin.create(settings));
  }

  TableAdmin tables() {
    return tables;
  }

  Admin kafka() {
    return kafka;
  }

  /**
   * The lake, opened when it is first asked for.
   *
   * @throws FlussException where it cannot be opened; the next call tries again
   */
  synchronized LakeStorage lake() {
    if (lake == null) {
      lake =
          config
              .lakes()
              .open(config.format(), classLoader)
              .orElseThrow(
                  () ->
                      new FlussException(
                          "Nothing says where the lake of format '"
                              + config.format()
                              + "' is: no option 'datalake."
                              + config.format()
                              + ".*' is set."));
    }
    return lake;
  }

  @Override
  public synchronized void close() {
    try {
      if (lake != null) {
        lake.close();
      }
      tables.close();
    } finally {
      lake = null;
      kafka.close(Duration.ofSeconds(5));
    }
  }
}
