package dev.concord.system;

import org.jspecify.annotations.Nullable;

/**
 * A system cannot be worked with right now. The message names the system and what to do; it never holds credentials or
 * values of records.
 */
public class SystemUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SystemUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
