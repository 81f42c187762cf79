package io.fluss.dist.sql;

import org.apache.flink.util.ExceptionUtils;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.rewrite.RewriteAppender;
import org.apache.logging.log4j.core.appender.rewrite.RewritePolicy;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;

/**
 * Keeps secrets out of the launcher's log: Flink logs the failures of statements, some of which
 * quote all options of a catalog. Thread-safe.
 */
public final class HidingLog implements RewritePolicy {

  private final KnownSecrets secrets;

  HidingLog(KnownSecrets secrets) {
    this.secrets = secrets;
  }

  /**
   * Puts it before every appender of the root logger.
   *
   * @param secrets known now or later
   */
  public static void install(LoggerContext context, KnownSecrets secrets) {
    Configuration configuration = context.getConfiguration();
    LoggerConfig root = configuration.getRootLogger();
    for (Appender appender : root.getAppenders().values()) {
      RewriteAppender hiding =
          RewriteAppender.createAppender(
              appender.getName() + "-without-secrets",
              "true",
              new AppenderRef[] {AppenderRef.createAppenderRef(appender.getName(), null, null)},
              configuration,
              new HidingLog(secrets),
              null);
      hiding.start();
      configuration.addAppender(hiding);
      root.removeAppender(appender.getName());
      root.addAppender(hiding, null, null);
    }
    context.updateLoggers();
  }

  @Override
  public LogEvent rewrite(LogEvent event) {
    String message = event.getMessage().getFormattedMessage();
    String all =
        event.getThrown() == null
            ? message
            : message + '\n' + ExceptionUtils.stringifyException(event.getThrown());
    String hidden = secrets.hidden(all);
    return hidden.equals(all)
        ? event
        : new Log4jLogEvent.Builder(event)
            .setMessage(new SimpleMessage(hidden))
            .setThrown(null)
            .setThrownProxy(null)
            .build();
  }
}
