package io.fluss.tiering;

import static org.awaitility.Awaitility.await;

import io.fluss.tiering.config.TieringConfig;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A tiering job on the cluster of the test. The test closes it. */
final class RunningJob implements AutoCloseable {

  private final JobClient client;

  private RunningJob(JobClient client) {
    this.client = client;
  }

  static RunningJob start(TieringConfig config, int parallelism) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(parallelism);
    TieringJob.build(env, config);
    try {
      return new RunningJob(env.executeAsync(TieringJob.jobName(env, config)));
    } catch (Exception e) {
      throw new IllegalStateException("The job did not start", e);
    }
  }

  JobClient client() {
    return client;
  }

  @Override
  public void close() {
    client.cancel().join();
    // Cancelling is told of before it is done.
    await().until(() -> client.getJobStatus().join().isGloballyTerminalState());
  }
}
