package io.fluss.lake;

import io.fluss.FlussException;
import io.fluss.table.TableInfo;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.annotation.Nullable;

/**
 * How to reach lakes: the options {@code datalake.*} of a catalog or a job. Serializable, so that
 * it can travel to task managers; may hold secrets, so {@link #toString()} shows names only.
 *
 * @param defaultFormat of tables that name none; null where there is none
 * @param byFormat options of each format's catalog, without the prefix {@code datalake.<format>.}
 */
public record LakeSettings(
    @Nullable String defaultFormat, Map<String, Map<String, String>> byFormat)
    implements Serializable {

  /** Prefix of all of them. */
  public static final String PREFIX = "datalake.";

  /** The option that names the default format. */
  public static final String FORMAT = "datalake.format";

  /** No lake can be reached. */
  public static final LakeSettings NONE = new LakeSettings(null, Map.of());

  private static final long serialVersionUID = 1L;

  public LakeSettings {
    Map<String, Map<String, String>> copy = new TreeMap<>();
    byFormat.forEach((format, options) -> copy.put(format, Map.copyOf(options)));
    byFormat = copy;
  }

  /** Takes {@code datalake.*} out of catalog, table or job options; others are left aside. */
  public static LakeSettings fromOptions(Map<String, String> options) {
    Map<String, Map<String, String>> byFormat = new HashMap<>();
    options.forEach(
        (key, value) -> {
          int dot = key.indexOf('.', PREFIX.length());
          if (key.startsWith(PREFIX) && dot > 0) {
            byFormat
                .computeIfAbsent(key.substring(PREFIX.length(), dot), f -> new HashMap<>())
                .put(key.substring(dot + 1), value);
          }
        });
    return new LakeSettings(options.get(FORMAT), byFormat);
  }

  /** The options that {@link #fromOptions} would read this from. */
  public Map<String, String> toOptions() {
    Map<String, String> options = new HashMap<>();
    if (defaultFormat != null) {
      options.put(FORMAT, defaultFormat);
    }
    byFormat.forEach(
        (format, own) -> own.forEach((k, v) -> options.put(PREFIX + format + "." + k, v)));
    return options;
  }

  /**
   * Makes sure that the lake of a table can be opened, as far as that can be told without it.
   *
   * @throws FlussException as {@link #open(TableInfo, ClassLoader)}
   */
  public void require(TableInfo table, ClassLoader classLoader) {
    String format = formatOf(table);
    if (!byFormat.containsKey(format)) {
      throw unknownPlace(table, format);
    }
    LakeFormats.require(format, classLoader);
  }

  /**
   * Opens the lake of a table that has one. Whoever opens it closes it.
   *
   * @throws FlussException where the format is not on the class path, or nothing here says where
   *     its lake is
   */
  public LakeStorage open(TableInfo table, ClassLoader classLoader) {
    String format = formatOf(table);
    return open(format, classLoader).orElseThrow(() -> unknownPlace(table, format));
  }

  private static String formatOf(TableInfo table) {
    return table
        .lakeFormat()
        .orElseThrow(
            () -> new FlussException("Table '" + table.path() + "' is not kept in a lake."));
  }

  private static FlussException unknownPlace(TableInfo table, String format) {
    return new FlussException(
        "Table '"
            + table.path()
            + "' is kept in a lake of format '"
            + format
            + "', and nothing says where that is. Set '"
            + PREFIX
            + format
            + ".warehouse', and whatever else its catalog needs, in CREATE CATALOG.");
  }

  /**
   * Opens the lake of a format; its failures hold no secret of these options.
   *
   * @return empty where there are no options for it
   * @throws FlussException where the format is not on the class path
   */
  public Optional<LakeStorage> open(String format, ClassLoader classLoader) {
    Map<String, String> options = byFormat.get(format);
    if (options == null) {
      return Optional.empty();
    }
    LakeFormat found = LakeFormats.require(format, classLoader);
    LakeSecrets secrets = LakeSecrets.of(options);
    try {
      return Optional.of(new SecretSafeStorage(found.open(options), secrets));
    } catch (RuntimeException e) {
      throw secrets.safe(e);
    }
  }

  @Override
  public String toString() {
    return "LakeSettings[" + toOptions().keySet() + "]";
  }
}
