package io.fluss.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code bin/fluss bench [NAME...]}: runs the named benchmarks, or the default ones. */
public final class BenchMain {

  private static final List<Bench> BENCHES =
      List.of(
          new CodecBench(),
          new EndToEndBench(),
          new DdlBench(),
          new PrimaryKeyBench(),
          new ClientBench(),
          new PartitionsBench(),
          new TaskManagerMemoryBench(),
          new SoakBench());

  /**
   * What runs without a name: all but that of the client and the two about memory, which take
   * minutes.
   */
  private static final List<String> DEFAULT =
      List.of("codec", "end-to-end", "ddl", "primary-key", "partitions");

  private BenchMain() {}

  public static void main(String[] args) throws Exception {
    System.exit(run(args));
  }

  private static int run(String[] args) throws Exception {
    List<String> names = args.length == 0 ? DEFAULT : List.of(args);
    Map<String, Bench> known =
        BENCHES.stream().collect(Collectors.toMap(Bench::name, bench -> bench));
    List<String> unknown = names.stream().filter(n -> !known.containsKey(n)).toList();
    if (!unknown.isEmpty()) {
      System.err.println("Unknown benchmark: " + String.join(", ", unknown));
      usage().forEach(System.err::println);
      return 2;
    }
    Results results = new Results(System.out);
    for (String name : names) {
      System.err.println("# " + name + ": " + known.get(name).about());
      known.get(name).run(results);
    }
    results.printTable();
    return 0;
  }

  private static List<String> usage() {
    return Stream.concat(
            Stream.of("usage: bin/fluss bench [NAME...]"),
            BENCHES.stream().map(b -> String.format("  %-20s %s", b.name(), b.about())))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
