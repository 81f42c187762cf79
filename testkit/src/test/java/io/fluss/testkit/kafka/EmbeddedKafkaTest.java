package io.fluss.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

  @Test
  void storesRecordsAndCommitsTransactions() throws Exception {
    // Given
    EmbeddedKafka kafka = SharedKafka.kafka();
    String topic = SharedKafka.uniqueName("topic");
    createTopic(kafka, topic, 1);

    // When
    produceInTransaction(kafka, topic, "one");

    // Then
    assertThat(read(kafka, topic, 1)).containsExactly("one");
  }

  @Test
  void restartedBrokerKeepsPortAndData() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      // Given
      String bootstrap = kafka.bootstrapServers();
      createTopic(kafka, "kept", 1);
      produceInTransaction(kafka, "kept", "before");

      // When
      kafka.restartBroker(0);

      // Then
      produceInTransaction(kafka, "kept", "after");
      assertThat(kafka.bootstrapServers()).isEqualTo(bootstrap);
      assertThat(read(kafka, "kept", 2)).containsExactly("before", "after");
    }
  }

  @Test
  void dataDirectoryOutlivesTheCluster(@TempDir Path dir) throws Exception {
    // Given
    try (EmbeddedKafka kafka = EmbeddedKafka.builder().dataDir(dir).start()) {
      createTopic(kafka, "kept", 1);
      produceInTransaction(kafka, "kept", "earlier");
    }

    // When
    try (EmbeddedKafka kafka = EmbeddedKafka.builder().dataDir(dir).start()) {

      // Then
      assertThat(read(kafka, "kept", 1)).containsExactly("earlier");
    }
  }

  @Test
  void deletesATemporaryDirectoryWithWhatIsInIt() throws Exception {
    // Given
    Path dir = Directories.temporary();
    Files.writeString(Files.createDirectories(dir.resolve("a/b")).resolve("file"), "content");

    // When
    Directories.delete(dir);

    // Then
    assertThat(dir).doesNotExist();
  }

  @Test
  void threeBrokersHaveRacksAndSurviveOneLeaving() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.builder().brokers(3).start();
        Admin admin = Admin.create(kafka.adminProperties())) {
      // Given
      assertThat(admin.describeCluster().nodes().get())
          .extracting(Node::rack)
          .containsExactlyInAnyOrder("a", "b", "c");
      createTopic(kafka, "replicated", 3);
      produceInTransaction(kafka, "replicated", "before");

      // When
      kafka.stopBroker(2);
      produceInTransaction(kafka, "replicated", "while away");
      kafka.startBroker(2);

      // Then
      assertThat(read(kafka, "replicated", 2)).containsExactly("before", "while away");
    }
  }

  @Test
  void saslRefusesAWrongPasswordAndAUserWithoutRights() throws Exception {
    Map<String, String> users = Map.of("admin", "admin-secret", "alice", "alice-secret");
    try (EmbeddedKafka kafka = EmbeddedKafka.builder().sasl(users, "admin").start()) {
      // Given
      createTopic(kafka, "private", 1);
      Properties wrong = kafka.clientProperties("alice");
      wrong.setProperty(
          "sasl.jaas.config",
          wrong.getProperty("sasl.jaas.config").replace("alice-secret", "guess"));

      // When / Then
      try (Admin admin = Admin.create(wrong)) {
        assertThatThrownBy(() -> admin.describeCluster().nodes().get())
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(SaslAuthenticationException.class);
      }
      try (Admin admin = Admin.create(kafka.clientProperties("alice"))) {
        assertThatThrownBy(() -> admin.describeTopics(List.of("private")).allTopicNames().get())
            .hasCauseInstanceOf(TopicAuthorizationException.class);
      }
      try (Admin admin = Admin.create(kafka.adminProperties())) {
        assertThat(admin.listTopics().names().get()).contains("private");
      }
    }
  }

  @Test
  void logsUsersInByScramOverTlsWithCertificates(@TempDir Path dir) throws Exception {
    Map<String, String> users = Map.of("admin", "admin secret");
    try (EmbeddedKafka kafka =
        EmbeddedKafka.builder()
            .sasl(users, "admin")
            .scram()
            .tls(Certificates.create(dir))
            .requireClientCertificates()
            .racks(List.of("somewhere"))
            .start()) {
      for (String mechanism : List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")) {
        // When
        try (Admin admin = Admin.create(kafka.clientProperties("admin", mechanism))) {

          // Then
          assertThat(admin.describeCluster().nodes().get())
              .extracting(Node::rack)
              .containsExactly("somewhere");
        }
      }
    }
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // When / Then
      assertThatThrownBy(() -> EmbeddedKafka.builder().port(taken.getLocalPort()).start())
          .hasMessageContaining("Cannot start Kafka on port " + taken.getLocalPort())
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void refusesASuperUserWithoutPassword() {
    assertThatThrownBy(() -> EmbeddedKafka.builder().sasl(Map.of("alice", "a"), "admin"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("super user 'admin' is not among the users [alice]");
  }

  private static void createTopic(EmbeddedKafka kafka, String topic, int replicas)
      throws Exception {
    try (Admin admin = Admin.create(kafka.adminProperties())) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) replicas))).all().get();
    }
  }

  private static void produceInTransaction(EmbeddedKafka kafka, String topic, String value) {
    Properties properties = kafka.adminProperties();
    properties.setProperty("transactional.id", topic);
    try (Producer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, value));
      producer.commitTransaction();
    }
  }

  private static List<String> read(EmbeddedKafka kafka, String topic, int count) {
    Properties properties = kafka.adminProperties();
    properties.setProperty("isolation.level", "read_committed");
    List<String> values = new ArrayList<>();
    try (Consumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
