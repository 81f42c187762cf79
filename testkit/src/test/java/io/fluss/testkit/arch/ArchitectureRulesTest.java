package io.fluss.testkit.arch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArchitectureRulesTest {

  @Test
  void reportsAllBrokenRulesTogether() {
    // Given
    JavaClasses classes = new ClassFileImporter().importPackages("io.fluss.testkit.arch.fixture");

    // When / Then
    assertThatThrownBy(
            () ->
                ArchitectureRules.check(
                    classes,
                    ArchitectureRules.knowsNothingOf("io.fluss.testkit.arch.fixture.left..")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("packages of a module form no cycle")
        .hasMessageContaining("nothing sleeps")
        .hasMessageContaining("module direction")
        .hasMessageContaining("Left.nap()");
  }
}
