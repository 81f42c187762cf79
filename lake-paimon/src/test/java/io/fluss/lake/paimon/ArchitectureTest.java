package io.fluss.lake.paimon;

import io.fluss.testkit.arch.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void holds() {
    ArchitectureRules.checkLake("io.fluss.lake.paimon");
  }
}
