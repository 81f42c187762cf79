import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import peers.Hook;
import peers.Props;

/** Tells the peer harness when every bucket of a table answers; all else goes through SQL. */
public final class OursHook implements Hook {

  private Admin admin;

  @Override
  public void open(Props properties) {
    admin = Admin.create(Map.of("bootstrap.servers", properties.get("bootstrap")));
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

  @Override
  public void close() {
    admin.close();
  }
}
