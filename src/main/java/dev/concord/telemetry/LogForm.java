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
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Writes log lines as JSON where {@code logging.structured.format.console} says so (ecs, logstash, gelf), to the last
 * one of the process, or until a context begins that does not say so. Spring Boot does that only where the log's own
 * configuration is left to it; Concord has one, because its commands log before there is a context, and to stderr.
 */
final class LogForm implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String FORMAT = "logging.structured.format.console";

    /** Where the log keeps the encoder that it had before. */
    private static final String TEXT = LogForm.class.getName() + ".text";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext logging)) {
            return;
        }
        ConfigurableEnvironment settings = context.getEnvironment();
        String format = settings.getProperty(FORMAT);
        Iterator<Appender<ILoggingEvent>> appenders =
                logging.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> console) {
                if (format == null || format.isBlank()) {
                    writeText(logging, console);
                } else {
                    writeJson(logging, console, settings, format);
                }
            }
        }
    }

    private static void writeJson(
            LoggerContext logging, OutputStreamAppender<ILoggingEvent> console, Environment settings, String format) {
        if (!(console.getEncoder() instanceof StructuredLogEncoder)) {
            logging.putObject(TEXT, console.getEncoder());
        }
        logging.putObject(Environment.class.getName(), settings);
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(logging);
        encoder.setFormat(format);
        encoder.start();
        console.setEncoder(encoder);
    }

    @SuppressWarnings("unchecked")
    private static void writeText(LoggerContext logging, OutputStreamAppender<ILoggingEvent> console) {
        if (console.getEncoder() instanceof StructuredLogEncoder
                && logging.getObject(TEXT) instanceof Encoder<?> text) {
            console.setEncoder((Encoder<ILoggingEvent>) text);
        }
    }
}
