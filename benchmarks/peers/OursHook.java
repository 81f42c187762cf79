import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.state.BucketLag;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.tiering.TieringJob;
import io.fluss.tiering.config.TieringFlags;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import peers.Hook;
import peers.Props;

/**
 * Tells the peer harness when every bucket of a table answers, and runs the tiering job; all else
 * goes through SQL.
 */
public final class OursHook implements Hook {

  private Props properties;
  private Admin admin;
  private TableAdmin tables;
  private JobClient tiering;
  private final Map<String, TableInfo> tiered = new HashMap<>();

  @Override
  public void open(Props all) {
    properties = all;
    admin = Admin.create(Map.of("bootstrap.servers", all.get("bootstrap")));
    tables = TableAdmin.connect(new ClientConfig(all.get("bootstrap"), Map.of()));
  }

  @Override
  public void awaitReady(String table, int buckets, int partitions) throws Exception {
    Map<TopicPartition, OffsetSpec> all = new HashMap<>();
    for (int bucket = 0; bucket < buckets; bucket++) {
      all.put(new TopicPartition("fluss." + table, bucket), OffsetSpec.latest());
    }
    long limit = System.nanoTime() + 120_000_000_000L;
    while (true) {
      try {
        admin.listOffsets(Collections.unmodifiableMap(all)).all().get();
        return;
      } catch (ExecutionException e) {
        if (System.nanoTime() > limit) {
          throw e;
        }
      }
      Thread.sleep(5);
    }
  }

  /** With its default options, but for the poll interval, which Fluss is given too. */
  @Override
  public boolean startTiering(Object env) throws Exception {
    StreamExecutionEnvironment flink = (StreamExecutionEnvironment) env;
    String format = properties.get("lake.format");
    TieringJob.build(
        flink,
        TieringFlags.read(
            "--fluss.bootstrap.servers",
            properties.get("bootstrap"),
            "--datalake.format",
            format,
            "--datalake." + format + ".warehouse",
            properties.get("lake.warehouse"),
            "--lake.tiering.poll-interval",
            "1 s"));
    tiered.clear();
    tiering = flink.executeAsync("tiering");
    return true;
  }

  @Override
  public void stopTiering() throws Exception {
    tiering.cancel().get();
    try {
      tiering.getJobExecutionResult().get();
    } catch (ExecutionException e) {
      // cancelled, as asked
    }
  }

  /** Is asked many times a second, so a table is looked up once. */
  @Override
  public long tierLag(String table) {
    TableInfo found =
        tiered.computeIfAbsent(table, t -> tables.table(TablePath.of("fluss", t)));
    return tables.lakeLag(found).buckets().stream().mapToLong(BucketLag::pending).sum();
  }

  @Override
  public void close() {
    tables.close();
    admin.close();
  }
}
