package io.fluss.dist.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.ExceptionUtils;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

class HidingLogTest {

  @Test
  void neitherMessagesNorStackTracesHoldSecretsThatBecameKnownLater() {
    // Given
    KnownSecrets secrets = new KnownSecrets();
    Kept log = new Kept();
    try (LoggerContext context = new LoggerContext("launcher")) {
      context.start(new DefaultConfiguration());
      log.start();
      context
          .getConfiguration()
          .getRootLogger()
          .getAppenders()
          .keySet()
          .forEach(context.getConfiguration().getRootLogger()::removeAppender);
      context.getConfiguration().addAppender(log);
      context.getConfiguration().getRootLogger().addAppender(log, null, null);
      HidingLog.install(context, secrets);
      secrets.learn(Map.of("a.password", "hunter2"));

      // When
      context.getLogger("a").error("options {a.password=hunter2}");
      context
          .getLogger("b")
          .error("Failed", new IllegalStateException("x", new RuntimeException("hunter2")));
      context.getLogger("c").error("nothing to hide: {}", 1);
    }

    // Then
    assertThat(log.texts).hasSize(3).noneMatch(text -> text.contains("hunter2"));
    assertThat(log.texts.get(0)).isEqualTo("options {a.password=******}");
    assertThat(log.texts.get(1)).contains("Failed", "IllegalStateException: x", "at io.fluss");
    assertThat(log.texts.get(2)).isEqualTo("nothing to hide: 1");
  }

  private static final class Kept extends AbstractAppender {

    private final List<String> texts = new ArrayList<>();

    Kept() {
      super("kept", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      texts.add(
          event.getMessage().getFormattedMessage()
              + (event.getThrown() == null
                  ? ""
                  : ExceptionUtils.stringifyException(event.getThrown())));
    }
  }
}
