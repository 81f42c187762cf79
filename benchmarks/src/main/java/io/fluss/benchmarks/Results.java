package io.fluss.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Prints each result as one JSON line when it is there, and all of them as a table at the end. */
final class Results {

  private final PrintStream out;
  private final List<Map<String, Object>> lines = new ArrayList<>();

  Results(PrintStream out) {
    this.out = out;
  }

  /** A line of names and values in turn; values are strings or numbers. */
  void add(Object... namesAndValues) {
    Map<String, Object> line = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      line.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    lines.add(line);
    out.println(json(line));
    out.flush();
  }

  void printTable() {
    Set<String> names = new LinkedHashSet<>();
    lines.forEach(l -> names.addAll(l.keySet()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.copyOf(names));
    for (Map<String, Object> line : lines) {
      rows.add(names.stream().map(n -> line.containsKey(n) ? text(line.get(n)) : "").toList());
    }
    int[] widths = new int[names.size()];
    rows.forEach(
        r -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], r.get(i).length());
          }
        });
    out.println();
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        text.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
      }
      out.println(text.append('|'));
    }
    out.flush();
  }

  private static String json(Map<String, Object> line) {
    StringBuilder json = new StringBuilder("{");
    line.forEach(
        (name, value) -> {
          json.append(json.length() == 1 ? "" : ", ").append('"').append(name).append("\": ");
          json.append(value instanceof Number ? text(value) : '"' + value.toString() + '"');
        });
    return json.append('}').toString();
  }

  private static String text(Object value) {
    if (value instanceof Double d) {
      return String.format(Locale.ROOT, d >= 1000 ? "%.0f" : "%.3f", d);
    }
    return value.toString();
  }
}
