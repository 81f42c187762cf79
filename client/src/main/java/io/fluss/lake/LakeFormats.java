package io.fluss.lake;

import io.fluss.FlussException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the formats on the class path. */
public final class LakeFormats {

  private LakeFormats() {}

  /** The format of this name; empty where its jar is not on the class path. */
  public static Optional<LakeFormat> find(String identifier, ClassLoader classLoader) {
    return all(classLoader).stream().filter(f -> f.identifier().equals(identifier)).findFirst();
  }

  /**
   * The format of this name.
   *
   * @throws FlussException where its jar is not on the class path
   */
  public static LakeFormat require(String identifier, ClassLoader classLoader) {
    return find(identifier, classLoader)
        .orElseThrow(
            () ->
                new FlussException(
                    "Lake format '"
                        + identifier
                        + "' is not on the class path; there "
                        + (names(classLoader).isEmpty() ? "is none" : "are " + names(classLoader))
                        + ". Add the jar fluss-lake-"
                        + identifier
                        + " to Flink's lib directory."));
  }

  /** Names of the formats on the class path. */
  public static SortedSet<String> names(ClassLoader classLoader) {
    SortedSet<String> names = new TreeSet<>();
    all(classLoader).forEach(f -> names.add(f.identifier()));
    return names;
  }

  /** All formats on the class path. */
  public static List<LakeFormat> all(ClassLoader classLoader) {
    List<LakeFormat> formats = new ArrayList<>();
    try {
      ServiceLoader.load(LakeFormat.class, classLoader).forEach(formats::add);
    } catch (ServiceConfigurationError e) {
      throw new FlussException(
          "A lake format on the class path cannot be loaded: " + e.getMessage(), e);
    }
    return formats;
  }
}
