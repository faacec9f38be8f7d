package dev.concord.telemetry;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Iterator;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Writes log lines as JSON where {@code logging.structured.format.console} says so (ecs, logstash, gelf), for as long
 * as the context lives. Spring Boot does that only where the log's own configuration is left to it; Concord has one,
 * because its commands log before there is a context, and to stderr.
 */
final class LogForm implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String FORMAT = "logging.structured.format.console";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment settings = context.getEnvironment();
        String format = settings.getProperty(FORMAT);
        if (format == null
                || format.isBlank()
                || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext logging)) {
            return;
        }
        logging.putObject(Environment.class.getName(), settings);
        Iterator<Appender<ILoggingEvent>> appenders =
                logging.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> console) {
                Encoder<ILoggingEvent> plain = console.getEncoder();
                console.setEncoder(encoder(logging, format));
                context.addApplicationListener(
                        (ApplicationListener<ContextClosedEvent>) closed -> console.setEncoder(plain));
            }
        }
    }

    private static StructuredLogEncoder encoder(LoggerContext logging, String format) {
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(logging);
        encoder.setFormat(format);
        encoder.start();
        return encoder;
    }
}
