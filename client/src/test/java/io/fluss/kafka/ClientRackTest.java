package io.fluss.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientRackTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("ZONE", " eu-1a\n", "EMPTY", "");

  @Test
  void aRackIsTakenAsItIsGiven() {
    assertThat(ClientRack.resolve("eu-1b", ENVIRONMENT::get)).hasValue("eu-1b");
  }

  @Test
  void aRackIsTakenFromTheEnvironment() {
    assertThat(ClientRack.resolve("env:ZONE", ENVIRONMENT::get)).hasValue("eu-1a");
  }

  @Test
  void withoutTheVariableThereIsNoRack() {
    assertThat(ClientRack.resolve("env:OTHER", ENVIRONMENT::get)).isEmpty();
    assertThat(ClientRack.resolve("env:EMPTY", ENVIRONMENT::get)).isEmpty();
    assertThat(ClientRack.resolve(" ", ENVIRONMENT::get)).isEmpty();
  }
}
