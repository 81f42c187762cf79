package io.fluss.testkit.kafka;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What every broker of one embedded cluster must agree on, and the broker properties that follow.
 *
 * <p>Node 0 is broker and controller, the others are brokers only.
 */
record ClusterLayout(
    Path dataDir,
    List<Integer> brokerPorts,
    int controllerPort,
    List<String> racks,
    ClientListener listener,
    Map<String, String> extraProperties) {

  static final String HOST = "127.0.0.1";
  static final String CONTROLLER_LISTENER = "CTL";
  private static final String CLIENT_LISTENER = "CLIENT";

  /** Chooses the controller port, and the broker ports too unless {@code firstPort} is given. */
  static ClusterLayout choose(
      Path dataDir,
      int brokers,
      Optional<Integer> firstPort,
      List<String> racks,
      ClientListener listener,
      Map<String, String> extraProperties) {
    List<Integer> free = Ports.free(brokers + 1);
    List<Integer> brokerPorts = new ArrayList<>();
    for (int id = 0; id < brokers; id++) {
      int offset = id;
      brokerPorts.add(firstPort.map(port -> port + offset).orElse(free.get(id)));
    }
    return new ClusterLayout(
        dataDir, List.copyOf(brokerPorts), free.get(brokers), racks, listener, extraProperties);
  }

  String bootstrapServers() {
    return brokerPorts.stream().map(port -> HOST + ":" + port).collect(Collectors.joining(","));
  }

  Path brokerDir(int id) {
    return dataDir.resolve("broker-" + id);
  }

  Properties brokerProperties(int id) {
    boolean controller = id == 0;
    String clientAddress = CLIENT_LISTENER + "://" + HOST + ":" + brokerPorts.get(id);
    String controllerAddress = CONTROLLER_LISTENER + "://" + HOST + ":" + controllerPort;

    Properties p = new Properties();
    p.put("node.id", Integer.toString(id));
    p.put("process.roles", controller ? "broker,controller" : "broker");
    p.put("controller.quorum.voters", "0@" + HOST + ":" + controllerPort);
    p.put("controller.listener.names", CONTROLLER_LISTENER);
    p.put("listeners", controller ? clientAddress + "," + controllerAddress : clientAddress);
    p.put("advertised.listeners", clientAddress);
    p.put(
        "listener.security.protocol.map",
        "%s:%s,%s:%s"
            .formatted(
                CLIENT_LISTENER,
                listener.protocol(),
                CONTROLLER_LISTENER,
                listener.controllerProtocol()));
    p.put("inter.broker.listener.name", CLIENT_LISTENER);
    p.put("log.dirs", brokerDir(id).toString());
    p.put("broker.rack", racks.get(id));
    addInternalTopics(p);
    addSmallMachineSettings(p);
    if (brokerPorts.size() > 1) {
      addQuickRestart(p);
    }
    listener.addTo(p);
    p.putAll(extraProperties);
    return p;
  }

  private void addInternalTopics(Properties p) {
    String replicas = Integer.toString(Math.min(3, brokerPorts.size()));
    p.put("auto.create.topics.enable", "false");
    p.put("offsets.topic.replication.factor", replicas);
    p.put("offsets.topic.num.partitions", "4");
    p.put("transaction.state.log.replication.factor", replicas);
    p.put("transaction.state.log.min.isr", "1");
    p.put("transaction.state.log.num.partitions", "4");
    p.put("share.coordinator.state.topic.replication.factor", replicas);
    p.put("share.coordinator.state.topic.min.isr", "1");
  }

  private static void addSmallMachineSettings(Properties p) {
    // The default linger of 25 ms is paid by every sequential metadata change.
    p.put("controller.quorum.append.linger.ms", "1");
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("log.cleaner.dedupe.buffer.size", "16777216");
  }

  /**
   * A leaving broker waits for a heartbeat or two, and a returning one until the session of its
   * former self has ended: 2 and 10 seconds with Kafka's defaults. A lone broker is its own
   * controller and needs neither.
   */
  private static void addQuickRestart(Properties p) {
    p.put("broker.heartbeat.interval.ms", "200");
    p.put("broker.session.timeout.ms", "3000");
  }
}
