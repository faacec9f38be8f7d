package dev.concord.testing.fault;

import dev.concord.system.SystemUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import org.springframework.dao.CannotAcquireLockException;

/** What goes wrong. */
@FunctionalInterface
public interface Effect {

    void happen();

    /** The system cannot be worked with. */
    static Effect unavailable() {
        return () -> {
            throw new SystemUnavailable("The system is down, as the test wants it.", null);
        };
    }

    /** Trouble of a database that goes away when the transaction is repeated. */
    static Effect transientTrouble() {
        return () -> {
            throw new CannotAcquireLockException("Deadlock, as the test wants it.");
        };
    }

    static Effect delay(Duration time) {
        return () -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** The JVM is gone at once, as after {@code kill -9}: nothing is closed, no hook runs. */
    static Effect halt() {
        return () -> Runtime.getRuntime().halt(137);
    }

    /** The JVM stands still, as after {@code kill -STOP}, until somebody lets it go on. */
    static Effect stop() {
        return () -> {
            try {
                String pid = String.valueOf(ProcessHandle.current().pid());
                new ProcessBuilder("kill", "-STOP", pid).start().waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Reads {@code unavailable}, {@code transient}, {@code halt}, {@code stop}, or a delay such as {@code 200ms}. */
    static Effect parse(String text) {
        if (text.matches("[0-9]+ms")) {
            return delay(Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2))));
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "unavailable" -> unavailable();
            case "transient" -> transientTrouble();
            case "halt" -> halt();
            case "stop" -> stop();
            default ->
                throw new IllegalArgumentException(
                        "'" + text + "' is no effect. Use unavailable, transient, halt, stop or 200ms.");
        };
    }
}
