package dev.concord.worlds;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * As long as it is open, runs log nothing: of made-up worlds, sources that are empty and conditions that give no
 * boolean are no news.
 */
final class Silence implements AutoCloseable {

    private final Map<Logger, Level> levels = new HashMap<>();

    Silence() {
        for (String name : List.of("org.springframework.batch.core", "dev.concord")) {
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            levels.put(logger, logger.getEffectiveLevel());
            logger.setLevel(Level.OFF);
        }
    }

    @Override
    public void close() {
        levels.forEach(Logger::setLevel);
    }
}
