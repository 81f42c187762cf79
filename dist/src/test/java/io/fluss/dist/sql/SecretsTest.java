package io.fluss.dist.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @Test
  void hidesValuesOfSecretOptionsAndNoOthers() {
    // Given
    String statement =
        """
        CREATE CATALOG c WITH ('type'='fluss', 'bootstrap.servers' = 'h:1',
          'properties.sasl.jaas.config'
             = 'Login required username="u" password=''p'' it''s;',
          'properties.ssl.KeyStore.Password' ='hunter2', 'client.secret'= 'hunter3',
          'comment' = 'no password', 'empty' = '', 'my.password' = '')""";
    // When
    String shown = Secrets.hidden(statement);
    // Then
    assertThat(shown)
        .isEqualTo(
            """
            CREATE CATALOG c WITH ('type'='fluss', 'bootstrap.servers' = 'h:1',
              'properties.sasl.jaas.config'
                 = '******',
              'properties.ssl.KeyStore.Password' ='******', 'client.secret'= '******',
              'comment' = 'no password', 'empty' = '', 'my.password' = '******')""");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client.security.sasl.password",
        "client.security.sasl.jaas.config",
        "properties.ssl.key.password",
        "properties.ssl.keystore.key",
        "properties.sasl.oauthbearer.client.credentials.client.secret",
        "datalake.paimon.jdbc.password"
      })
  void hidesWhatKafkaAndLakesTakeForASecret(String key) {
    assertThat(Secrets.hidden("'" + key + "' = 'hunter2'")).isEqualTo("'" + key + "' = '******'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'password' FROM t WHERE a = 'x' AND b IN ('y', '=', 'it''s')",
        "SELECT 'unclosed",
        "SHOW TABLES"
      })
  void leavesOtherStatementsAsTheyAre(String statement) {
    assertThat(Secrets.hidden(statement)).isEqualTo(statement);
  }

  @Test
  void readsLongLiterals() {
    // Given
    String value = "x''".repeat(100_000);
    // When
    String shown = Secrets.hidden("SET 'a.password' = '" + value + "'");
    // Then
    assertThat(shown).isEqualTo("SET 'a.password' = '******'");
  }
}
