package dev.concord.access;

/** The file of users cannot be used; the message says why, and what to write. */
public class UnusableUsers extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnusableUsers(String message) {
        super(message);
    }
}
