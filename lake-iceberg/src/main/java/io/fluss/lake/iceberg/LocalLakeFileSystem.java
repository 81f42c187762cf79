package io.fluss.lake.iceberg;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local disk for hadoop catalogs. Hadoop's own overwrites the file that another process has put
 * in place in the same moment, so that its commit is lost, and starts a process for each file that
 * is written, to set its permissions. Hadoop makes instances of it by its name.
 */
public final class LocalLakeFileSystem extends LocalFileSystem {

  public LocalLakeFileSystem() {
    super(new ExclusiveRename());
  }

  private static final class ExclusiveRename extends RawLocalFileSystem {

    private static final String CHECKSUMS = ".crc";

    /** Fails where the new name exists. Checksums follow their files, whatever there was before. */
    @Override
    public boolean rename(Path source, Path target) throws IOException {
      File from = pathToFile(source);
      File to = pathToFile(target);
      if (!from.isFile() || from.getName().endsWith(CHECKSUMS)) {
        return super.rename(source, target);
      }
      try {
        Files.createLink(to.toPath(), from.toPath());
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (UnsupportedOperationException | FileSystemException e) {
        return super.rename(source, target); // a disk without links, or what Hadoop can tell better
      }
      Files.delete(from.toPath());
      return true;
    }

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      try {
        String rwx =
            permission.getUserAction().SYMBOL
                + permission.getGroupAction().SYMBOL
                + permission.getOtherAction().SYMBOL;
        Files.setPosixFilePermissions(
            pathToFile(path).toPath(), PosixFilePermissions.fromString(rwx));
      } catch (UnsupportedOperationException e) {
        super.setPermission(path, permission);
      }
    }
  }
}
