package io.fluss.lake;

import io.fluss.FlussException;
import java.util.ArrayList;
import java.util.Iterator;
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
   * @throws FlussException where its jar is not on the class path, or what it needs is not
   */
  public static LakeFormat require(String identifier, ClassLoader classLoader) {
    List<Throwable> broken = new ArrayList<>();
    List<LakeFormat> formats = load(classLoader, broken);
    for (LakeFormat format : formats) {
      if (format.identifier().equals(identifier)) {
        return format;
      }
    }
    SortedSet<String> names = new TreeSet<>();
    formats.forEach(f -> names.add(f.identifier()));
    throw new FlussException(
        "Lake format '"
            + identifier
            + "' is not on the class path; there "
            + (names.isEmpty() ? "is none" : "are " + names)
            + (broken.isEmpty()
                ? ""
                : ", and "
                    + broken.size()
                    + " could not be loaded, which lack what they need: "
                    + broken.get(0))
            + ". Add the jar fluss-lake-"
            + identifier
            + ", and the libraries of the format, to Flink's lib directory.",
        broken.isEmpty() ? null : broken.get(0));
  }

  /** Names of the formats on the class path. */
  public static SortedSet<String> names(ClassLoader classLoader) {
    SortedSet<String> names = new TreeSet<>();
    all(classLoader).forEach(f -> names.add(f.identifier()));
    return names;
  }

  /** All formats on the class path, without those that lack the libraries of the format. */
  public static List<LakeFormat> all(ClassLoader classLoader) {
    return load(classLoader, new ArrayList<>());
  }

  /**
   * @param broken is given why those are left out that cannot be loaded
   */
  private static List<LakeFormat> load(ClassLoader classLoader, List<Throwable> broken) {
    List<LakeFormat> formats = new ArrayList<>();
    Iterator<LakeFormat> found = ServiceLoader.load(LakeFormat.class, classLoader).iterator();
    while (true) {
      try {
        if (!found.hasNext()) {
          return formats;
        }
        formats.add(found.next());
      } catch (ServiceConfigurationError e) {
        if (!(e.getCause() instanceof LinkageError)) {
          throw new FlussException(
              "A lake format on the class path cannot be loaded: " + e.getMessage(), e);
        }
        broken.add(e.getCause());
      } catch (LinkageError e) {
        broken.add(e);
      }
    }
  }
}
