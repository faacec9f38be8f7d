package dev.concord.bench;

/** A benchmark could not be done; the message says what happened. */
public final class BenchmarkFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchmarkFailure(String message) {
        super(message);
    }
}
