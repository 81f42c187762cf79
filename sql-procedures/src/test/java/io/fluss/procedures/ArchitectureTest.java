package io.fluss.procedures;

import io.fluss.testkit.arch.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void holds() {
    ArchitectureRules.checkProcedures();
  }
}
