package dev.concord.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.ConsoleAppender;

/**
 * The log on stderr, as text or as JSON. Of exceptions it shows classes and places; their messages only where these
 * hold no values of records. Named in {@code logback.xml}.
 */
public final class ConsoleLog extends ConsoleAppender<ILoggingEvent> {

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        super.append(thrown == null ? event : new WordlessEvent(event, new WordlessThrowable(thrown)));
    }
}
