package io.fluss.dist.command;

import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.tiering.TieringJob;
import io.fluss.tiering.config.TieringConfig;
import io.fluss.tiering.config.TieringFlags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * {@code bin/fluss tiering}: the tiering job on an embedded Flink, until it is interrupted. Its
 * flags are the job's own, and {@code --conf KEY=VALUE} for Flink.
 */
public final class TieringCommand implements Command {

  private static final String CONF = "--conf";

  @Override
  public int run(List<String> args, Console console) throws Exception {
    Map<String, String> conf = new HashMap<>();
    TieringConfig config = config(args, conf);
    TieringJob.requireReachable(config);
    try (Cleanup cleanup = Cleanup.atExitToo()) {
      EmbeddedFlink flink =
          cleanup.add(console.step("Starting Flink", () -> EmbeddedFlink.start(conf)));
      StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink.clientConfiguration());
      TieringJob.build(env, config);
      console.out().println("Tiering into '" + config.format() + "'. Ctrl-C ends it.");
      console.out().flush();
      env.execute(TieringJob.jobName(env, config));
      return SUCCESS;
    }
  }

  /**
   * Reads the flags.
   *
   * @param conf is given the options of Flink
   */
  private static TieringConfig config(List<String> args, Map<String, String> conf) {
    List<String> own = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      if (!args.get(i).equals(CONF)) {
        own.add(args.get(i));
        continue;
      }
      String pair = i + 1 < args.size() ? args.get(++i) : "";
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new UsageException("Flag '--conf' needs KEY=VALUE, but is '%s'.".formatted(pair));
      }
      conf.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    try {
      return TieringFlags.read(own.toArray(new String[0]));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
