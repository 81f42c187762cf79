package io.fluss.catalog;

import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * Options of CREATE CATALOG. Besides these, {@code properties.*} goes to Kafka's clients and {@code
 * client.*} sets defaults for all tables.
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

  private CatalogOptions() {}

  /** All of them, for validation and documentation. */
  public static Set<ConfigOption<?>> all() {
    return Set.of(BOOTSTRAP_SERVERS, DEFAULT_DATABASE);
  }
}
