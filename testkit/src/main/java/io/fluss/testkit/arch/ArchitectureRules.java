package io.fluss.testkit.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What the classes of a module may depend on. A module's whole test is one line:
 *
 * <pre>{@code
 * class ArchitectureTest {
 *   @Test
 *   void holds() {
 *     ArchitectureRules.checkSource();
 *   }
 * }
 * }</pre>
 *
 * <p>Only production classes are looked at; a module without classes passes. All broken rules of a
 * module are reported together.
 */
public final class ArchitectureRules {

  private static final String SOURCE = "io.fluss.source..";
  private static final String SINK = "io.fluss.sink..";
  private static final String CATALOG = "io.fluss.catalog..";
  private static final String PROCEDURES = "io.fluss.procedures..";
  private static final String TIERING = "io.fluss.tiering..";
  private static final String[] LAKES = {"io.fluss.lake.paimon..", "io.fluss.lake.iceberg.."};
  private static final String LAUNCHER = "io.fluss.dist..";
  private static final String BENCHMARKS = "io.fluss.benchmarks..";
  private static final String TESTKIT = "io.fluss.testkit..";

  /** Rules that hold everywhere. */
  private static final List<ArchRule> GENERAL =
      List.of(
          slices()
              .matching("io.fluss.(**)")
              .should()
              .beFreeOfCycles()
              .as("packages of a module form no cycle"),
          noClasses()
              .should()
              .dependOnClassesThat()
              .resideInAPackage("org.apache.kafka..internals..")
              .as("only public Kafka client APIs are used"),
          noClasses()
              .should()
              .dependOnClassesThat()
              .resideInAPackage("java.util.logging..")
              .as("logging goes through slf4j"),
          noClasses()
              .should()
              .callMethod(Thread.class, "sleep", long.class)
              .orShould()
              .callMethod(Thread.class, "sleep", long.class, int.class)
              .orShould()
              .callMethod(TimeUnit.class, "sleep", long.class)
              .as("nothing sleeps: wait for a condition, with a deadline"));

  /** Where the public APIs are. */
  private static final String[] APIS = {
    "io.fluss.client..",
    "io.fluss.source",
    "io.fluss.source.deserializer",
    "io.fluss.sink",
    "io.fluss.sink.serializer",
    "io.fluss.typed",
    "io.fluss.lineage"
  };

  private static final ArchRule STABILITY =
      classes()
          .that()
          .resideInAnyPackage(APIS)
          .and()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .should()
          .beAnnotatedWith("org.apache.flink.annotation.Public")
          .orShould()
          .beAnnotatedWith(PublicEvolving.class)
          .orShould()
          .beAnnotatedWith(Internal.class)
          .as(
              "what is public in the packages of an API says how stable it is: @Public,"
                  + " @PublicEvolving or @Internal");

  /** What users hand in and get is as much theirs as the class. */
  private static final ArchCondition<JavaClass> SHOW_PUBLISHED_TYPES =
      new ArchCondition<>("have published types in their public methods, or say @Internal there") {
        @Override
        public void check(JavaClass shown, ConditionEvents events) {
          for (JavaMethod method : shown.getMethods()) {
            if (method.getModifiers().contains(JavaModifier.PUBLIC)
                && !method.isAnnotatedWith(Internal.class)) {
              types(method)
                  .filter(type -> !isPublished(type))
                  .forEach(
                      type ->
                          events.add(
                              SimpleConditionEvent.violated(
                                  method, method.getFullName() + " shows " + type.getName())));
            }
          }
        }
      };

  private static Stream<JavaClass> types(JavaMethod method) {
    return Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getBaseComponentType)
        .filter(type -> type.getPackageName().startsWith("io.fluss"));
  }

  private static boolean isPublished(JavaClass type) {
    return type.isAnnotatedWith(PublicEvolving.class)
        || type.isAnnotatedWith("org.apache.flink.annotation.Public")
        || type.getEnclosingClass().filter(ArchitectureRules::isPublished).isPresent();
  }

  private static final ArchRule NO_EXIT =
      noClasses()
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .as("only a launcher ends the JVM");

  private ArchitectureRules() {}

  /** The Java client: no connector, and of Flink only rows, types and options. */
  public static void checkClient() {
    JavaClasses all = production("io.fluss");
    check(
        all,
        NO_EXIT,
        knowsNothingOf(
            SOURCE,
            SINK,
            CATALOG,
            PROCEDURES,
            TIERING,
            LAUNCHER,
            BENCHMARKS,
            TESTKIT,
            "io.fluss.flink.."),
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.apache.flink.runtime..",
                "org.apache.flink.streaming..",
                "org.apache.flink.connector..",
                "org.apache.flink.table.planner..",
                "org.apache.flink.table.runtime..",
                "org.apache.flink.table.api.bridge..",
                "org.apache.flink.table.gateway..")
            .as("the client needs flink-core and flink-table-common only"),
        classes()
            .that()
            .resideInAPackage("io.fluss.client..")
            .and()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .beAnnotatedWith(PublicEvolving.class)
            .orShould()
            .beAnnotatedWith(Internal.class)
            .as("what users of the client see says whether they may rely on it"),
        classes()
            .that()
            .resideInAPackage("io.fluss.client..")
            .and()
            .areAnnotatedWith(PublicEvolving.class)
            .should(SHOW_PUBLISHED_TYPES));
  }

  /** The FLIP-27 source and its table source. */
  public static void checkSource() {
    check(
        production(packageRoot(SOURCE)),
        NO_EXIT,
        knowsNothingOf(SINK, CATALOG, PROCEDURES, TIERING, LAUNCHER, BENCHMARKS, TESTKIT),
        knowsNothingOf(LAKES));
  }

  /** The Sink V2 and its table sink. */
  public static void checkSink() {
    check(
        production(packageRoot(SINK)),
        NO_EXIT,
        knowsNothingOf(SOURCE, CATALOG, PROCEDURES, TIERING, LAUNCHER, BENCHMARKS, TESTKIT),
        knowsNothingOf(LAKES));
  }

  /** The Flink catalog. */
  public static void checkCatalog() {
    check(
        production(packageRoot(CATALOG)),
        NO_EXIT,
        knowsNothingOf(SOURCE, SINK, PROCEDURES, TIERING, LAUNCHER, BENCHMARKS, TESTKIT),
        knowsNothingOf(LAKES));
  }

  /** The tiering job. */
  public static void checkTiering() {
    check(
        production(packageRoot(TIERING)),
        NO_EXIT,
        knowsNothingOf(PROCEDURES, LAUNCHER, BENCHMARKS, TESTKIT),
        knowsNothingOf(LAKES));
  }

  /** The procedures; of the lakes they know the service interface. */
  public static void checkProcedures() {
    check(
        production(packageRoot(PROCEDURES)),
        NO_EXIT,
        knowsNothingOf(SOURCE, SINK, TIERING, LAUNCHER, BENCHMARKS, TESTKIT),
        knowsNothingOf(LAKES));
  }

  /**
   * A lake format: of ours it knows the client only.
   *
   * @param packageName all of its classes are below
   */
  public static void checkLake(String packageName) {
    String[] others =
        Stream.of(LAKES)
            .filter(lake -> !packageRoot(lake).equals(packageName))
            .toArray(String[]::new);
    check(
        production(packageName),
        NO_EXIT,
        knowsNothingOf(SOURCE, SINK, CATALOG, PROCEDURES, TIERING, LAUNCHER, BENCHMARKS, TESTKIT),
        knowsNothingOf(others));
  }

  /** The launcher; it may end the JVM. */
  public static void checkDist() {
    check(production(packageRoot(LAUNCHER)), knowsNothingOf(BENCHMARKS));
  }

  /** The benchmarks; they stand on everything, the launcher's Flink too, and may end the JVM. */
  public static void checkBenchmarks() {
    check(production(packageRoot(BENCHMARKS)));
  }

  /** The test kit itself; it starts Kafka's server, but needs none of the modules above it. */
  public static void checkTestkit() {
    check(
        production(packageRoot(TESTKIT)),
        NO_EXIT,
        knowsNothingOf(SOURCE, SINK, CATALOG, PROCEDURES, TIERING, LAUNCHER, BENCHMARKS));
  }

  /** {@code "io.fluss.source.."} to {@code "io.fluss.source"}. */
  private static String packageRoot(String packagePattern) {
    return packagePattern.substring(0, packagePattern.length() - "..".length());
  }

  /** Production classes under a package, without the test kit unless it is asked for. */
  private static JavaClasses production(String root) {
    ImportOption notTestkit =
        location -> root.contains("testkit") || !location.contains("io/fluss/testkit/");
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(notTestkit)
        .importPackages(root);
  }

  static ArchRule knowsNothingOf(String... packages) {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .as("module direction: may not depend on " + List.of(packages));
  }

  static void check(JavaClasses classes, ArchRule... rulesOfModule) {
    List<ArchRule> rules = new ArrayList<>(GENERAL);
    rules.add(STABILITY);
    rules.addAll(List.of(rulesOfModule));
    StringBuilder broken = new StringBuilder();
    for (ArchRule rule : rules) {
      var result = rule.allowEmptyShould(true).evaluate(classes);
      if (result.hasViolation()) {
        broken.append(result.getFailureReport()).append(System.lineSeparator());
      }
    }
    if (!broken.isEmpty()) {
      throw new AssertionError(broken.toString());
    }
  }
}
