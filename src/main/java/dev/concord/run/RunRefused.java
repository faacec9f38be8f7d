package dev.concord.run;

/** A run cannot be started or continued as it was asked for; the message says why and what to do. */
public class RunRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RunRefused(String message) {
        super(message);
    }
}
