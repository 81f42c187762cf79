package io.fluss.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConfigTest {

  private static final String USER = "client.security.sasl.username";
  private static final String PASSWORD = "client.security.sasl.password";
  private static final String JAAS = "client.security.sasl.jaas.config";
  private static final String MECHANISM = "client.security.sasl.mechanism";
  private static final String PROTOCOL = "client.security.protocol";

  @ParameterizedTest
  @CsvSource({
    "PLAINTEXT, PLAINTEXT",
    "SASL, SASL_PLAINTEXT",
    "sasl, SASL_PLAINTEXT",
    "SASL_PLAINTEXT, SASL_PLAINTEXT",
    "sasl_ssl, SASL_SSL",
    "Ssl, SSL"
  })
  void protocolsOfFlussAndOfKafkaAreKnown(String given, String kafka) {
    assertThat(properties(Map.of(PROTOCOL, given))).containsEntry("security.protocol", kafka);
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, org.apache.kafka.common.security.plain.PlainLoginModule",
    "scram-sha-256, org.apache.kafka.common.security.scram.ScramLoginModule",
    "SCRAM-SHA-512, org.apache.kafka.common.security.scram.ScramLoginModule"
  })
  void userAndPasswordBecomeTheLoginOfTheMechanism(String mechanism, String module) {
    // When
    Map<String, String> kafka =
        properties(
            Map.of(PROTOCOL, "SASL", MECHANISM, mechanism, USER, "alice", PASSWORD, "hunter2"));

    // Then
    assertThat(kafka)
        .containsEntry("sasl.mechanism", mechanism.toUpperCase(java.util.Locale.ROOT))
        .containsEntry(
            "sasl.jaas.config", module + " required username=\"alice\" password=\"hunter2\";");
  }

  @Test
  void theMechanismIsPlainUnlessSet() {
    assertThat(properties(Map.of(PROTOCOL, "SASL", USER, "alice", PASSWORD, "hunter2")))
        .containsEntry("sasl.mechanism", "PLAIN");
  }

  @Test
  void optionsOfKafkaAloneStayAsTheyAre() {
    // Given
    Map<String, String> options =
        Map.of("properties.security.protocol", "SASL_SSL", "properties.sasl.jaas.config", jaas());

    // When // Then
    assertThat(properties(options))
        .isEqualTo(Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", jaas()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "it's \"quoted\"", "back\\slash\\n", "a b;c=d", "ü\r\n\t€", "$1"})
  void passwordsOfAnyCharactersArriveAsTheyAre(String password) {
    // When
    String jaas =
        properties(Map.of(PROTOCOL, "SASL", USER, "al\"ice", PASSWORD, password))
            .get("sasl.jaas.config");

    // Then
    Map<String, ?> read =
        JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaas)))
            .configurationEntries()
            .get(0)
            .getOptions();
    assertThat(read.get("username")).isEqualTo("al\"ice");
    assertThat(read.get("password")).isEqualTo(password);
  }

  @Test
  void allProblemsAreToldAtOnceAndNoneQuotesASecret() {
    // Given
    Map<String, String> options =
        Map.of(
            "client.security.sasl.pasword",
            "hunter2",
            PROTOCOL,
            "TLS",
            PASSWORD,
            "hunter2",
            "properties.sasl.jaas.config",
            "Login required password=hunter2 oops;");

    // When
    List<String> problems = ClientConfig.problems(options);

    // Then
    assertThat(problems)
        .hasSize(7)
        .anySatisfy(p -> assertThat(p).contains("'bootstrap.servers' is missing"))
        .anySatisfy(p -> assertThat(p).contains("'client.security.sasl.pasword' is unknown"))
        .anySatisfy(p -> assertThat(p).contains("is 'TLS', expected one of PLAINTEXT, SASL,"))
        .anySatisfy(
            p -> assertThat(p).contains("'" + PASSWORD + "' has no effect with the security"))
        .anySatisfy(p -> assertThat(p).contains("'" + USER + "' is not. Set both."))
        .anySatisfy(p -> assertThat(p).contains("are both set. Set one of them."))
        .anySatisfy(
            p -> assertThat(p).contains("'properties.sasl.jaas.config' cannot be read. It needs"));
    assertThat(problems).noneMatch(p -> p.contains("hunter2"));
    assertThatThrownBy(() -> ClientConfig.fromOptions(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(String.join("\n", problems));
  }

  @Test
  void theTwoNamesOfAnOptionMayNotContradictOneAnother() {
    // When
    List<String> problems =
        problems(
            Map.of(
                PROTOCOL,
                "SASL",
                "properties.security.protocol",
                "SASL_SSL",
                MECHANISM,
                "PLAIN",
                "properties.sasl.mechanism",
                "PLAIN",
                JAAS,
                jaas(),
                "properties.sasl.jaas.config",
                jaas().replace("hunter2", "Hunter2")));

    // Then
    assertThat(problems)
        .containsExactly(
            "Options 'client.security.protocol' and 'properties.security.protocol' say the same"
                + " thing and contradict one another. Set one of them.",
            "Options 'client.security.sasl.jaas.config' and 'properties.sasl.jaas.config' say the"
                + " same thing and contradict one another. Set one of them.");
  }

  @Test
  void userAndPasswordNeedAMechanismThatTakesThem() {
    assertThat(
            problems(
                Map.of(PROTOCOL, "SASL", MECHANISM, "GSSAPI", USER, "alice", PASSWORD, "hunter2")))
        .singleElement()
        .asString()
        .contains("'GSSAPI' does not take user and password")
        .contains("PLAIN, SCRAM-SHA-256, SCRAM-SHA-512");
  }

  @Test
  void aLoginThatConfigProvidersFillInIsNotJudged() {
    assertThat(problems(Map.of(PROTOCOL, "SASL", JAAS, "${env:KAFKA_LOGIN}"))).isEmpty();
  }

  @Test
  void aLoginThatIsMissingIsToldOfWithWhatWouldHelp() {
    // Given
    ClientConfig config =
        ClientConfig.fromOptions(Map.of("bootstrap.servers", "h:1", PROTOCOL, "SASL"));

    // When // Then
    assertThat(config.loginProblem())
        .hasValueSatisfying(
            p ->
                assertThat(p)
                    .contains("SASL_PLAINTEXT (mechanism PLAIN) needs a login, and there is none.")
                    .contains("-Djava.security.auth.login.config=FILE"));
    assertThatThrownBy(() -> config.open(() -> "client"))
        .hasMessageContaining("Kafka at 'h:1' cannot be used. Security protocol SASL_PLAINTEXT");
  }

  @Test
  void neitherTextNorRackOfMetadataClientsTellsMore() {
    // Given
    ClientConfig config =
        ClientConfig.fromOptions(
            Map.of(
                "bootstrap.servers",
                "h:1",
                PROTOCOL,
                "SASL",
                USER,
                "alice",
                PASSWORD,
                "hunter2",
                "client.rack",
                "a"));

    // When // Then
    assertThat(config.toString()).contains("sasl.jaas.config").doesNotContain("hunter2", "alice");
    assertThat(config.toKafka()).doesNotContainKey("client.rack");
    assertThat(config.toConsumer()).containsEntry("client.rack", "a");
    assertThat(ClientConfig.fromOptions(config.toOptions())).isEqualTo(config);
  }

  private static String jaas() {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required"
        + " username=\"alice\" password=\"hunter2\";";
  }

  private static Map<String, String> properties(Map<String, String> options) {
    return ClientConfig.fromOptions(withServers(options)).properties();
  }

  private static List<String> problems(Map<String, String> options) {
    return ClientConfig.problems(withServers(options));
  }

  private static Map<String, String> withServers(Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put("bootstrap.servers", "h:1");
    return all;
  }
}
