package io.fluss.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLakeFileSystemTest {

  @TempDir private Path directory;

  private FileSystem files;

  @BeforeEach
  void open() throws IOException {
    files = new LocalLakeFileSystem();
    files.initialize(directory.toUri(), new Configuration());
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  private boolean rename(Path from, Path to) throws IOException {
    return files.rename(hadoop(from), hadoop(to));
  }

  @Test
  void aFileIsRenamed() throws Exception {
    // Given
    Path from = Files.writeString(directory.resolve("a"), "1");
    Path to = directory.resolve("b");

    // When
    boolean renamed = rename(from, to);

    // Then
    assertThat(renamed).isTrue();
    assertThat(from).doesNotExist();
    assertThat(to).hasContent("1");
  }

  @Test
  void aNameThatExistsIsNotOverwritten() throws Exception {
    // Given
    Path from = Files.writeString(directory.resolve("a"), "1");
    Path to = Files.writeString(directory.resolve("b"), "2");

    // When
    boolean renamed = rename(from, to);

    // Then
    assertThat(renamed).isFalse();
    assertThat(from).hasContent("1");
    assertThat(to).hasContent("2");
  }

  @Test
  void ofManyWhoRenameToOneNameOneSucceeds() throws Exception {
    int writers = 4;
    ExecutorService executor = Executors.newFixedThreadPool(writers);
    try {
      for (int attempt = 0; attempt < 50; attempt++) {
        // Given
        Path to = directory.resolve("v" + attempt);
        CyclicBarrier start = new CyclicBarrier(writers);
        List<Callable<Boolean>> renames = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
          Path from = Files.writeString(directory.resolve("from-" + attempt + "-" + i), "" + i);
          renames.add(
              () -> {
                start.await();
                return rename(from, to);
              });
        }

        // When
        int winners = 0;
        for (Future<Boolean> rename : executor.invokeAll(renames)) {
          winners += rename.get() ? 1 : 0;
        }

        // Then
        assertThat(winners).isEqualTo(1);
      }
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void permissionsAreSet() throws Exception {
    // Given
    Path file = Files.writeString(directory.resolve("a"), "1");

    // When
    files.setPermission(hadoop(file), new FsPermission((short) 0640));

    // Then
    assertThat(Files.getPosixFilePermissions(file))
        .extracting(Enum::name)
        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE", "GROUP_READ");
  }
}
