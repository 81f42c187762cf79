package io.fluss.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A job manager and one task manager, each a JVM of its own and sized by Flink as its start scripts
 * would size it. Closing kills both. One thread.
 */
final class FlinkProcesses implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int LAST_LINES = 50;
  private static final String HEAP_OF_JOB_MANAGER = "-Xmx512m";

  /** Flink's images have jemalloc; so told, glibc's malloc hands back what is free, too. */
  private static final Map<String, String> MALLOC =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "131072",
          "MALLOC_TRIM_THRESHOLD_", "131072");

  private final Configuration configuration;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path directory;
  private final Process jobManager;
  private final Process taskManager;

  private FlinkProcesses(Configuration configuration, Path directory) throws IOException {
    this.configuration = configuration;
    this.directory = directory;
    this.jobManager =
        start(
            "job-manager",
            List.of(HEAP_OF_JOB_MANAGER),
            StandaloneSessionClusterEntrypoint.class,
            List.of());
    TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    this.taskManager =
        start(
            "task-manager",
            words(ProcessMemoryUtils.generateJvmParametersStr(spec)),
            TaskManagerRunner.class,
            words(TaskExecutorProcessUtils.generateDynamicConfigsStr(spec)));
  }

  /**
   * Starts both.
   *
   * @param options of the cluster, memory of the task manager included
   * @param directory an existing one, for configuration and logs
   * @throws IllegalStateException where they are not up in a minute
   */
  static FlinkProcesses start(Configuration options, Path directory) throws Exception {
    Configuration configuration = new Configuration(options);
    configuration.set(JobManagerOptions.ADDRESS, "localhost");
    configuration.set(JobManagerOptions.PORT, BrokerProcess.freePort());
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(RestOptions.PORT, BrokerProcess.freePort());
    Files.write(
        directory.resolve("config.yaml"),
        configuration.toMap().entrySet().stream()
            .map(option -> option.getKey() + ": \"" + option.getValue() + "\"")
            .toList());
    FlinkProcesses flink = new FlinkProcesses(configuration, directory);
    try {
      flink.awaitTaskManager();
      return flink;
    } catch (Exception e) {
      flink.close();
      throw e;
    }
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.trim().split(" +"));
  }

  /** With the garbage collector of Flink's scripts. */
  private Process start(
      String name, List<String> jvmArguments, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-XX:+UseG1GC");
    command.addAll(jvmArguments);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.add("-Dlog4j2.configurationFile=classpath:process-log4j2.properties");
    command.add("-Djava.io.tmpdir=" + directory);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of("--configDir", directory.toString()));
    command.addAll(arguments);
    ProcessBuilder process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(name).toFile());
    process.environment().put("FLINK_CONF_DIR", directory.toString());
    process.environment().putAll(MALLOC);
    return process.start();
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  private void awaitTaskManager() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (registeredTaskManagers() < 1) {
      requireAlive();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("No task manager after " + PATIENCE + "." + lastLines());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private long registeredTaskManagers() throws InterruptedException {
    try {
      return number(get("/overview"), "taskmanagers");
    } catch (IOException e) {
      return 0; // not up yet
    }
  }

  /** Configuration of a client that submits its jobs here. */
  Configuration clientConfiguration() {
    Configuration client = new Configuration(configuration);
    client.set(DeploymentOptions.TARGET, "remote");
    return client;
  }

  long taskManagerPid() {
    return taskManager.pid();
  }

  /**
   * @throws IllegalStateException where one of them has ended
   */
  void requireAlive() {
    if (!jobManager.isAlive() || !taskManager.isAlive()) {
      throw new IllegalStateException(
          (taskManager.isAlive() ? "The job manager" : "The task manager")
              + " has ended with exit code "
              + (taskManager.isAlive() ? jobManager : taskManager).exitValue()
              + "."
              + lastLines());
    }
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log("task-manager"));
      return " The last lines of the task manager:\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return " Its log cannot be read: " + e;
    }
  }

  /**
   * Sum of a metric over all subtasks of the job's only vertex; 0 where it is not there yet.
   *
   * @param suffix of the metric's name, which begins with the operator's
   */
  long metric(JobID job, String suffix) throws IOException, InterruptedException {
    String vertex = first("\"vertices\":\\[\\{\"id\":\"(\\w+)\"", get("/jobs/" + job));
    String metrics = "/jobs/" + job + "/vertices/" + vertex + "/subtasks/metrics";
    String name = first("\"id\":\"([^\"]*" + Pattern.quote(suffix) + ")\"", get(metrics));
    String query = "?agg=sum&get=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    return name.isEmpty() ? 0 : number(get(metrics + query), "sum");
  }

  private static String first(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static long number(String json, String name) {
    String number = first('"' + name + "\":([0-9.E]+)", json);
    return number.isEmpty() ? 0 : (long) Double.parseDouble(number);
  }

  private String get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + configuration.get(RestOptions.PORT) + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    for (Process process : List.of(taskManager, jobManager)) {
      process.destroy();
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
