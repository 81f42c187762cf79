package io.fluss.testkit.arch;

import org.junit.jupiter.api.Test;

/** The client's rules are checked here too: the client cannot depend on the test kit. */
class ArchitectureTest {

  @Test
  void clientHolds() {
    ArchitectureRules.checkClient();
  }

  @Test
  void testkitHolds() {
    ArchitectureRules.checkTestkit();
  }
}
