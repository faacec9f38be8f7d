package dev.concord.secret;

/** A key is needed and cannot be had. The message names the key and what to do, and holds no secret. */
public final class KeyUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyUnavailable(String message) {
        super(message, null, false, false);
    }
}
