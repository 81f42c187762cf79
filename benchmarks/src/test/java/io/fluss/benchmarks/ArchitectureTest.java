package io.fluss.benchmarks;

import io.fluss.testkit.arch.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void holds() {
    ArchitectureRules.checkBenchmarks();
  }
}
