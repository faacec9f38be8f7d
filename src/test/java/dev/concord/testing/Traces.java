package dev.concord.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The stack traces that are logged from now on in this JVM. */
public final class Traces implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    private Traces() {
        events.start();
        root.addAppender(events);
    }

    /** To be called when the house that is watched has started, because that sets up logging anew. */
    public static Traces watched() {
        return new Traces();
    }

    /** Who logged a trace, and of what. */
    public List<String> seen() {
        return List.copyOf(events.list).stream()
                .filter(event -> event.getThrowableProxy() != null)
                .map(event ->
                        event.getLoggerName() + ": " + event.getThrowableProxy().getClassName())
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(events);
    }
}
