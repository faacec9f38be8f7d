package dev.concord.cli;

/** What somebody asked for cannot be answered; the message says why and what to do. */
class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}
