package io.fluss.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretOptionsTest {

  /** By their types, so that secrets that a later Kafka adds are missed here first. */
  @Test
  void whatKafkaKeepsSecretIsASecret() {
    // Given
    List<String> secrets =
        Stream.of(
                AdminClientConfig.configDef(),
                ConsumerConfig.configDef(),
                ProducerConfig.configDef())
            .flatMap(def -> def.configKeys().values().stream())
            .filter(key -> key.type == ConfigDef.Type.PASSWORD)
            .map(key -> key.name)
            .distinct()
            .toList();

    // When // Then
    assertThat(secrets).contains("ssl.keystore.key", "sasl.jaas.config").hasSizeGreaterThan(5);
    assertThat(secrets).allMatch(SecretOptions::isSecret);
    assertThat(secrets).allMatch(key -> SecretOptions.isSecret("properties." + key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootstrap.servers",
        "client.security.protocol",
        "client.security.sasl.mechanism",
        "client.security.sasl.username",
        "properties.ssl.keystore.location",
        "properties.ssl.truststore.type",
        "table.log.ttl",
        "bucket.key"
      })
  void whatHelpsToSeeWhatIsWrongIsNone(String key) {
    assertThat(SecretOptions.isSecret(key)).isFalse();
  }

  @Test
  void secretsAreHiddenInPlaceAndMisspeltOnesToo() {
    // Given
    Map<String, String> options =
        new HashMap<>(
            Map.of("client.security.sasl.pasword", "a", "ssl.keystore.key", "b", "x", "c"));

    // When
    SecretOptions.hideIn(options);
    SecretOptions.hideIn(Map.of("password", "in a map that stays as it is"));

    // Then
    assertThat(options)
        .isEqualTo(
            Map.of(
                "client.security.sasl.pasword", "******", "ssl.keystore.key", "******", "x", "c"));
  }
}
