package io.fluss.dist.lake;

import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.tiering.TieringJob;
import io.fluss.tiering.config.TieringFlags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;

/** Two tiering jobs. */
final class ModelJobs {

  private static final int JOBS = 2;

  private final EmbeddedFlink flink;
  private final ModelLake lake;
  private final List<JobClient> running = new ArrayList<>();
  private final List<JobClient> ending = new ArrayList<>();

  ModelJobs(EmbeddedFlink flink, ModelLake lake) throws Exception {
    this.flink = flink;
    this.lake = lake;
    start();
  }

  private void start() throws Exception {
    while (running.size() < JOBS) {
      StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink.clientConfiguration());
      TieringJob.build(
          env,
          TieringFlags.read(
              "--fluss.bootstrap.servers",
              SharedKafka.kafka().bootstrapServers(),
              "--datalake.format",
              lake.format(),
              "--datalake." + lake.format() + ".warehouse",
              lake.warehouse(),
              "--lake.tiering.poll-interval",
              "200 ms",
              "--lake.tiering.lease-duration",
              "2 s",
              "--lake.tiering.backoff",
              "200 ms",
              "--lake.tiering.max-backoff",
              "1 s"));
      running.add(env.executeAsync("tiering"));
    }
  }

  /** One ends in order, and another takes its place. */
  void restart(int job) throws Exception {
    JobClient ended = running.remove(job);
    ended.cancel().get();
    awaitEnd(ended);
    start();
  }

  /** Others take the place of both, which end when they can: a thread of theirs may be held. */
  void replaceAll() throws Exception {
    for (JobClient job : running) {
      job.cancel().get();
    }
    ending.addAll(running);
    running.clear();
    start();
  }

  private static void awaitEnd(JobClient job) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> job.getJobStatus().get().isGloballyTerminalState());
  }

  void end() throws Exception {
    for (JobClient job : running) {
      job.cancel().get();
    }
    ending.addAll(running);
    ending.forEach(ModelJobs::awaitEnd);
  }
}
