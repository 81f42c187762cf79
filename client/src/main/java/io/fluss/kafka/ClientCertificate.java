package io.fluss.kafka;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * The certificate that a client shows to brokers. Reads the key store as Kafka does, of every kind:
 * a file of any type, PEM in the properties, and a password that config providers fill in.
 */
final class ClientCertificate {

  private ClientCertificate() {}

  /** Whether the properties give one, wherever it is; an engine of one's own may have one. */
  static boolean isGiven(Map<String, String> properties) {
    return properties.containsKey(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG)
        || properties.containsKey(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG)
        || properties.containsKey(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG);
  }

  /**
   * Its distinguished name, written as brokers write it: {@code CN=alice,O=Example}.
   *
   * @return empty where there is none, where it cannot be read in this process, and where the key
   *     store has several, of which the handshake will choose
   */
  static Optional<String> distinguishedName(Map<String, String> properties) {
    if (!isGiven(properties)
        || properties.containsKey(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG)) {
      return Optional.empty();
    }
    try (DefaultSslEngineFactory keys = new DefaultSslEngineFactory()) {
      keys.configure(new AbstractConfig(tlsOptions(), ofKeys(properties), false).values());
      return nameOfTheOnlyOne(keys.keystore());
    } catch (RuntimeException | KeyStoreException e) {
      // Whoever connects with it is told why; here it only goes without its name.
      return Optional.empty();
    }
  }

  /** Whom the client trusts is another question, and may be wrong without harm to this one. */
  private static Map<String, String> ofKeys(Map<String, String> properties) {
    Map<String, String> own = new HashMap<>(properties);
    own.keySet().removeIf(key -> key.startsWith("ssl.truststore."));
    return own;
  }

  private static ConfigDef tlsOptions() {
    ConfigDef options = new ConfigDef();
    SslConfigs.addClientSslSupport(options);
    return options;
  }

  private static Optional<String> nameOfTheOnlyOne(KeyStore store) throws KeyStoreException {
    List<String> names = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)
          && store.getCertificate(alias) instanceof X509Certificate certificate) {
        names.add(certificate.getSubjectX500Principal().getName());
      }
    }
    return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
  }
}
