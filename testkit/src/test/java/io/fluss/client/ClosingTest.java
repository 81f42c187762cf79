package io.fluss.client;

import static io.fluss.client.ClientTables.order;
import static io.fluss.client.ClientTables.orders;
import static io.fluss.client.ClientTables.ordersByDay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.client.lookup.Lookuper;
import io.fluss.client.scan.BatchScanner;
import io.fluss.client.scan.LogScanner;
import io.fluss.client.table.Table;
import io.fluss.client.write.AppendResult;
import io.fluss.client.write.AppendWriter;
import io.fluss.client.write.TableWriter;
import io.fluss.client.write.UpsertWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.data.GenericRowData;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of rows and questions on their way when a writer or the connection is closed. */
class ClosingTest {

  private static final int ROUNDS = 20;

  private final ClientTables tables = ClientTables.open("client.writer.batch-timeout", "1 min");

  @AfterEach
  void close() {
    tables.close();
  }

  /** Writes until the writer is closed. */
  private static List<CompletableFuture<?>> writeUntilClosed(
      LongFunction<CompletableFuture<?>> write) {
    List<CompletableFuture<?>> futures = new ArrayList<>();
    for (long id = 0; ; id++) {
      try {
        futures.add(write.apply(id));
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("is closed");
        return futures;
      }
    }
  }

  private static void assertAllWritten(List<CompletableFuture<?>> futures) throws Exception {
    CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
  }

  private static void closeWhileAnotherThreadWrites(
      TableWriter writer, LongFunction<CompletableFuture<?>> write) throws Exception {
    CompletableFuture<List<CompletableFuture<?>>> other =
        CompletableFuture.supplyAsync(() -> writeUntilClosed(write));
    writer.flush();
    writer.close();
    assertAllWritten(other.get(20, TimeUnit.SECONDS));
  }

  @Test
  void rowsThatAnotherThreadAppendsWhileTheWriterIsClosedAreWritten() throws Exception {
    // Given
    Table table = tables.create("t", orders().buckets(2));
    for (int round = 0; round < ROUNDS; round++) {
      AppendWriter writer = table.newAppend().createWriter();
      // When, Then
      closeWhileAnotherThreadWrites(writer, id -> writer.append(order(id, "a", 1)));
    }
  }

  @Test
  void rowsThatAnotherThreadUpsertsWhileTheWriterIsClosedAreWritten() throws Exception {
    // Given
    Table table = tables.create("t", orders().primaryKey(List.of("id")).buckets(2));
    for (int round = 0; round < ROUNDS; round++) {
      UpsertWriter writer = table.newUpsert().createWriter();
      // When, Then
      closeWhileAnotherThreadWrites(writer, id -> writer.upsert(order(id % 100, "a", 1)));
    }
  }

  @Test
  void whereClosingIsInterruptedTheRowsThatWereNotSentAreToldSo() throws Exception {
    // Given: a row whose partition is not there, so that sending it waits
    Table table = tables.create("t", ordersByDay().buckets(1));
    AppendWriter writer = table.newAppend().createWriter();
    CompletableFuture<AppendResult> row = writer.append(order(1, "a", 1, "mon"));

    // When
    Thread.currentThread().interrupt();
    writer.close();
    boolean stillInterrupted = Thread.interrupted();

    // Then
    assertThat(stillInterrupted).isTrue();
    assertThatThrownBy(() -> row.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("was closed before the row was sent");
  }

  @Test
  void flushAndCloseOnTheProducersThreadAreRefusedAndTheWriterGoesOn() throws Exception {
    // Given
    Table log = tables.create("log", orders().buckets(1));
    Table keyed = tables.create("keyed", orders().primaryKey(List.of("id")).buckets(1));
    try (AppendWriter appends = log.newAppend().createWriter();
        UpsertWriter upserts = keyed.newUpsert().createWriter()) {
      for (Runnable call : List.<Runnable>of(appends::flush, appends::close)) {
        // When
        CompletableFuture<?> dependent = appends.append(order(1, "a", 1)).thenRun(call);
        appends.flush();
        // Then
        assertRefused(dependent);
      }
      for (Runnable call :
          List.<Runnable>of(upserts::flush, upserts::close, tables.connection()::close)) {
        // When
        CompletableFuture<?> dependent = upserts.upsert(order(1, "a", 1)).thenRun(call);
        upserts.flush();
        // Then
        assertRefused(dependent);
      }
      CompletableFuture<?> appended = appends.append(order(2, "b", 2));
      CompletableFuture<?> upserted = upserts.upsert(order(2, "b", 2));
      appends.flush();
      upserts.flush();
      assertAllWritten(List.of(appended, upserted));
    }
  }

  private static void assertRefused(CompletableFuture<?> dependent) {
    assertThatThrownBy(() -> dependent.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("thenRunAsync");
  }

  @Test
  void scannersAreClosedByInterruptedThreadsToo() throws Exception {
    // Given: scanners that hold a consumer with a fetch, and a directory
    Table log = tables.create("log", orders().buckets(1));
    Table keyed = tables.create("keyed", orders().primaryKey(List.of("id")).buckets(1));
    try (AppendWriter appends = log.newAppend().createWriter();
        UpsertWriter upserts = keyed.newUpsert().createWriter()) {
      appends.append(order(1, "a", 1));
      upserts.upsert(order(1, "a", 1));
    }
    Set<Path> directories = scanDirectories();
    LogScanner follows = ClientTables.fromBeginning(log);
    BatchScanner reads = keyed.newScan().createBatchScanner();
    assertThat(ClientTables.poll(follows, 1)).hasSize(1);
    assertThat(reads.pollBatch(Duration.ofSeconds(20))).isNotNull();

    // When
    Thread.currentThread().interrupt();
    follows.close();
    reads.close();
    boolean stillInterrupted = Thread.interrupted();

    // Then
    assertThat(stillInterrupted).isTrue();
    assertThat(scanDirectories()).isSubsetOf(directories);
    assertThatThrownBy(() -> follows.poll(Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }

  private static Set<Path> scanDirectories() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("fluss-scan"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void questionsThatAreNotAnsweredWhenTheConnectionIsClosedFail() {
    // Given
    tables.create("t", orders().primaryKey(List.of("id")).buckets(4));
    Connection connection =
        ConnectionFactory.createConnection(tables.connection().getConfiguration());
    Lookuper lookuper = connection.getTable(tables.path("t")).newLookup().createLookuper();
    List<CompletableFuture<?>> asked = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      asked.add(connection.getAdmin().tableExists(tables.path("t")));
      asked.add(lookuper.lookup(GenericRowData.of((long) i)));
    }

    // When
    connection.close();

    // Then: answered or failed, but none is left open
    Awaitility.await().untilAsserted(() -> assertThat(asked).allMatch(CompletableFuture::isDone));
  }
}
