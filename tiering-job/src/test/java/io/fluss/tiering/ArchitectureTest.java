package io.fluss.tiering;

import io.fluss.testkit.arch.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void holds() {
    ArchitectureRules.checkTiering();
  }
}
