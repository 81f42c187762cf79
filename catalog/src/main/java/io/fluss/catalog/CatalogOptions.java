package io.fluss.catalog;

import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeSettings;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * Options of CREATE CATALOG. Besides these, {@code client.security.*} says who the catalog is to
 * Kafka, {@code properties.*} goes to Kafka's clients and other {@code client.*} sets defaults for
 * all tables.
 */
public final class CatalogOptions {

  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      ConfigOptions.key(ClientConfig.BOOTSTRAP_SERVERS)
          .stringType()
          .noDefaultValue()
          .withDescription("Brokers of the Kafka cluster, HOST:PORT, comma separated.");

  public static final ConfigOption<String> DEFAULT_DATABASE =
      ConfigOptions.key("default-database")
          .stringType()
          .defaultValue(TableAdmin.DEFAULT_DATABASE)
          .withDescription("Database that is current after USE CATALOG.");

  public static final ConfigOption<String> DATALAKE_FORMAT =
      ConfigOptions.key(LakeSettings.FORMAT)
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The lake format of tables that are kept in a lake and name none: 'paimon' or 'iceberg'. Where that lake is, options 'datalake.<format>.*' say, for example 'datalake.paimon.warehouse'; they stay with the catalog.");

  private CatalogOptions() {}

  /** All of them, for validation and documentation. */
  public static Set<ConfigOption<?>> all() {
    return Set.of(BOOTSTRAP_SERVERS, DEFAULT_DATABASE, DATALAKE_FORMAT);
  }
}
