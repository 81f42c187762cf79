package io.fluss.testkit.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * Certificates for the brokers and for clients, each signed by itself, in PKCS12 files of one
 * directory. Made by the JDK's keytool, which takes a second or two.
 *
 * @param dir where the files are; stays with the caller
 */
public record Certificates(Path dir) {

  /** Of all files. */
  public static final String PASSWORD = "store-hunter2";

  /** The client's name, and with that its principal in Kafka. */
  public static final String CLIENT = "CN=client";

  private static final String TYPE = "PKCS12";
  private static final String TRUSTED_BY_BROKER = "trusted-by-broker";

  /** Makes them. */
  public static Certificates create(Path dir) {
    Certificates certificates = new Certificates(dir);
    certificates.generate("broker", "CN=broker");
    certificates.generate("client", CLIENT);
    certificates.trust("trusts-broker", "broker");
    certificates.trust(TRUSTED_BY_BROKER, "broker", "client");
    return certificates;
  }

  /**
   * Makes one more that brokers started later trust.
   *
   * @param name of its file, without ending
   * @param distinguishedName of whom it is for
   */
  public void addClient(String name, String distinguishedName) {
    generate(name, distinguishedName);
    trust(TRUSTED_BY_BROKER, name);
  }

  /** Properties of a client that trusts the brokers. */
  public Map<String, String> trusting() {
    return stores(null, "trusts-broker");
  }

  /** Properties of a client that also shows its certificate. */
  public Map<String, String> showing() {
    return showing("client");
  }

  /** Properties of a client that shows the certificate of this name. */
  public Map<String, String> showing(String name) {
    return stores(name, "trusts-broker");
  }

  /** The same with key and certificate in the properties themselves, in PEM. */
  public Map<String, String> showingPem(String name) {
    Map<String, String> properties = stores(null, "trusts-broker");
    properties.put("ssl.keystore.type", "PEM");
    try {
      KeyStore keys = keys(name);
      properties.put(
          "ssl.keystore.key",
          pem("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded()));
      properties.put(
          "ssl.keystore.certificate.chain",
          pem("CERTIFICATE", keys.getCertificate(name).getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot read " + file(name), e);
    }
    return properties;
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
  }

  /** Properties of a broker's listener. */
  Map<String, String> ofBroker() {
    return stores("broker", TRUSTED_BY_BROKER);
  }

  private Map<String, String> stores(@Nullable String keys, String trusted) {
    Map<String, String> properties = new HashMap<>();
    if (keys != null) {
      properties.put("ssl.keystore.location", file(keys).toString());
      properties.put("ssl.keystore.password", PASSWORD);
      properties.put("ssl.keystore.type", TYPE);
      properties.put("ssl.key.password", PASSWORD);
    }
    properties.put("ssl.truststore.location", file(trusted).toString());
    properties.put("ssl.truststore.password", PASSWORD);
    properties.put("ssl.truststore.type", TYPE);
    return properties;
  }

  private Path file(String name) {
    return dir.resolve(name + ".p12");
  }

  private void generate(String name, String distinguishedName) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-dname",
            distinguishedName,
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-validity",
            "2",
            "-storetype",
            TYPE,
            "-keystore",
            file(name).toString(),
            "-storepass",
            PASSWORD);
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool failed: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run keytool", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while keytool ran", e);
    }
  }

  /** Trusts these owners beside those that are trusted already. */
  private void trust(String name, String... owners) {
    try {
      KeyStore trusted = Files.exists(file(name)) ? keys(name) : noKeys();
      for (String owner : owners) {
        trusted.setCertificateEntry(owner, keys(owner).getCertificate(owner));
      }
      try (OutputStream out = Files.newOutputStream(file(name))) {
        trusted.store(out, PASSWORD.toCharArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file(name), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot make " + file(name), e);
    }
  }

  private static KeyStore noKeys() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance(TYPE);
    keys.load(null, null);
    return keys;
  }

  private KeyStore keys(String name) throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file(name))) {
      KeyStore keys = KeyStore.getInstance(TYPE);
      keys.load(in, PASSWORD.toCharArray());
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file(name), e);
    }
  }
}
