package io.fluss.lake.iceberg;

import io.fluss.testkit.arch.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void holds() {
    ArchitectureRules.checkLake("io.fluss.lake.iceberg");
  }
}
