package io.fluss.tiering;

import io.fluss.admin.TableAdmin;
import io.fluss.tiering.config.TieringConfig;
import io.fluss.tiering.config.TieringFlags;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The job, as {@code flink run} starts it. {@link TieringFlags#USAGE} has its flags.
 *
 * <pre>
 *   TieringSource -> discarding sink
 * </pre>
 */
public final class TieringJob {

  private static final Duration REACH_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration FIRST_RESTART = Duration.ofSeconds(1);
  private static final Duration LONGEST_RESTART = Duration.ofMinutes(1);

  private TieringJob() {}

  public static void main(String[] args) throws Exception {
    TieringConfig config = TieringFlags.read(args);
    requireReachable(config);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    build(env, config);
    env.execute(jobName(env, config));
  }

  /**
   * Makes sure, within seconds, that Kafka lets the job in: once started it would try again for
   * ever, and tell only its log.
   *
   * @throws io.fluss.FlussException where it does not; says who was refused, and how he logged in
   */
  public static void requireReachable(TieringConfig config) {
    try (TableAdmin kafka = TableAdmin.connect(config.client())) {
      kafka.requireReachable(REACH_TIMEOUT);
    }
  }

  /** Adds the job to an environment; the caller executes it. */
  public static void build(StreamExecutionEnvironment env, TieringConfig config) {
    restartAlways(env);
    env.fromSource(
            new TieringSource(config),
            WatermarkStrategy.noWatermarks(),
            "Tiering into " + config.format(),
            Types.LONG)
        .sinkTo(new DiscardingSink<>())
        .name("Nothing");
  }

  /** The one that was set, or one that names the lake's format. */
  public static String jobName(StreamExecutionEnvironment env, TieringConfig config) {
    return env.getConfiguration()
        .getOptional(PipelineOptions.NAME)
        .orElse("Fluss tiering into " + config.format());
  }

  /**
   * Without checkpoints Flink does not restart a job unless it is told to. This one can be
   * restarted at any time.
   */
  private static void restartAlways(StreamExecutionEnvironment env) {
    if (env.getConfiguration().getOptional(RestartStrategyOptions.RESTART_STRATEGY).isPresent()) {
      return;
    }
    Configuration restart = new Configuration();
    restart.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    restart.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, FIRST_RESTART);
    restart.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, LONGEST_RESTART);
    env.configure(restart);
  }
}
