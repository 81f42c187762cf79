package io.fluss.lake.iceberg;

import java.util.Collection;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes files that no snapshot has. */
final class LakeFiles {

  private static final Logger LOG = LoggerFactory.getLogger(LakeFiles.class);

  private LakeFiles() {}

  /** Deletes what can be deleted; files that remain are orphans, which harm nobody. */
  static void delete(FileIO io, Collection<String> locations) {
    for (String location : locations) {
      try {
        io.deleteFile(location);
      } catch (RuntimeException e) {
        LOG.warn("File {} was not committed and cannot be deleted", location, e);
      }
    }
  }
}
