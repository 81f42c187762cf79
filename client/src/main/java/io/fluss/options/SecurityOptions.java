package io.fluss.options;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * Who a client is to Kafka, under Fluss's names; {@code io.fluss.kafka.ClientConfig} turns them
 * into properties of Kafka's clients. Of a catalog, a job or a Java client, never of a table.
 */
public final class SecurityOptions {

  /** Prefix of all of them. */
  public static final String PREFIX = "client.security.";

  public static final ConfigOption<String> PROTOCOL =
      ConfigOptions.key("client.security.protocol")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "'PLAINTEXT' (Kafka's default), 'SASL' or 'SASL_PLAINTEXT' for a login over plain text, 'SASL_SSL' for one over TLS, 'SSL' for TLS with or without a client certificate. Certificates are set with Kafka's 'properties.ssl.*'.");

  public static final ConfigOption<String> SASL_MECHANISM =
      ConfigOptions.key("client.security.sasl.mechanism")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "How to log in: 'PLAIN' (unless set), 'SCRAM-SHA-256' or 'SCRAM-SHA-512' with user and password; any other mechanism of Kafka with 'client.security.sasl.jaas.config' or a JAAS login file.");

  public static final ConfigOption<String> SASL_USERNAME =
      ConfigOptions.key("client.security.sasl.username")
          .stringType()
          .noDefaultValue()
          .withDescription("User to log in as, together with 'client.security.sasl.password'.");

  public static final ConfigOption<String> SASL_PASSWORD =
      ConfigOptions.key("client.security.sasl.password")
          .stringType()
          .noDefaultValue()
          .withDescription("Password of 'client.security.sasl.username'. A secret.");

  public static final ConfigOption<String> SASL_JAAS_CONFIG =
      ConfigOptions.key("client.security.sasl.jaas.config")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "One JAAS login module with its options, in place of user and password. A secret. Without any of the three, section 'KafkaClient' of the file that '-Djava.security.auth.login.config' names holds.");

  private SecurityOptions() {}

  /** All of them, for validation and documentation. */
  public static List<ConfigOption<?>> all() {
    return List.of(PROTOCOL, SASL_MECHANISM, SASL_USERNAME, SASL_PASSWORD, SASL_JAAS_CONFIG);
  }
}
