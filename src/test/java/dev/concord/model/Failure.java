package dev.concord.model;

/** Ends an op; nothing it did so far stays. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Ending ending;

    Failure(Ending ending) {
        super(ending.name(), null, false, false);
        this.ending = ending;
    }

    Ending ending() {
        return ending;
    }
}
