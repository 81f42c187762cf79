package io.fluss.dist.docs;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** Renders {@code docs/options.md} from the option classes. */
final class OptionsPage {

  /**
   * One table of the page.
   *
   * @param title heading
   * @param about one sentence on where the options go
   * @param options the class whose constants they are
   */
  record Section(String title, String about, Class<?> options) {}

  private final List<Section> sections;

  OptionsPage(List<Section> sections) {
    this.sections = sections;
  }

  String render() {
    StringBuilder page =
        new StringBuilder(
            "# Options\n\nGenerated from the option classes; a test keeps this page complete.\n");
    for (Section section : sections) {
      page.append("\n## ").append(section.title()).append("\n\n").append(section.about());
      page.append("\n\n| option | default | meaning |\n|---|---|---|\n");
      options(section.options()).stream()
          .sorted(Comparator.comparing(ConfigOption::key))
          .forEach(option -> page.append(line(option)));
    }
    return page.toString();
  }

  /** The constants of an option class. */
  static List<ConfigOption<?>> options(Class<?> type) {
    List<ConfigOption<?>> options = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())
          && ConfigOption.class.isAssignableFrom(field.getType())) {
        options.add(constant(field));
      }
    }
    return options;
  }

  private static ConfigOption<?> constant(Field field) {
    try {
      return (ConfigOption<?>) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("Option " + field + " is not public.", e);
    }
  }

  private static String line(ConfigOption<?> option) {
    return "| `"
        + option.key()
        + "` | "
        + defaultOf(option)
        + " | "
        + new HtmlFormatter().format(option.description()).replace("|", "\\|")
        + " |\n";
  }

  private static String defaultOf(ConfigOption<?> option) {
    if (!option.hasDefaultValue()) {
      return "–";
    }
    Object value = option.defaultValue();
    if (value instanceof Duration duration) {
      return "`" + TimeUtils.formatWithHighestUnit(duration) + "`";
    }
    return "`" + value.toString().toLowerCase(Locale.ROOT) + "`";
  }
}
